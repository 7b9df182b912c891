import type { Logger } from "pino";
import type { StoreError } from "../domain/errors";
import type { HeldWritesOptions } from "../feeds/feed/held-writes";
import type { Database } from "../store/open-database";
import { isAnswering } from "../store/open-database";

/** Logs when the database can no longer be written, and why, and when it can again. */
export function reportTrouble(log: Logger): (trouble: StoreError | null) => void {
  return (trouble) => {
    if (trouble === null) log.info("the database can be written again");
    else log.error({ reason: trouble.trouble }, `${trouble.message} No provider is called until it can be.`);
  };
}

/** Logs provider calls whose results cannot be written. */
export function reportHeldWrites(log: Logger): HeldWritesOptions["report"] {
  return (event, error) => {
    if (event === "made") log.info("the outcome of a provider call, which waited in memory, is recorded");
    else if (event === "held") log.error("the outcome of a provider call waits in memory until the database takes it");
    else log.error({ err: error }, "the outcome of a provider call is lost: the ledger keeps what the call could cost");
  };
}

/** Why the server is not ready. `reason` is a word for machines. */
export interface NotReady {
  readonly reason: StoreError["trouble"] | "database";
  readonly message: string;
}

/**
 * Why the server is not ready; `null` where it is.
 *
 * @param troubles objects that know whether the database can be written.
 */
export async function whyNotReady(
  database: Database,
  troubles: readonly { readonly trouble: StoreError | null }[],
): Promise<NotReady | null> {
  if (!(await isAnswering(database))) return { reason: "database", message: "The database does not answer." };
  const [trouble] = troubles.flatMap((one) => one.trouble ?? []);
  return trouble ? { reason: trouble.trouble, message: trouble.message } : null;
}
