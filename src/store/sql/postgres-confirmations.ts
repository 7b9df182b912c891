import { NO_TENANT } from "../../domain/tenant-id";
import { PING_MS, type PostgresChannel } from "./postgres-channel";
import { run } from "./postgres-connection";
import { processOf } from "./process-name";
import { statement } from "./statement";

/** Processes without an answer are looked for and asked again after this time. */
const AGAIN_MS = 250;
/** By then a process that the network has cut off has noticed, and has dropped what it had. */
const LONGEST_MS = 2 * PING_MS + 1_000;

interface Asking {
  readonly channel: string;
  readonly payload: string;
  readonly process: string;
}

/** Asks all processes that have a connection, and returns who they are. No other process: nobody is asked. */
const ASK = statement<Asking, { readonly process: string; readonly told: string }>(
  "ask other processes",
  { channel: "text", payload: "text", process: "text" },
  ({ given }) => `
    with found as (
      select distinct ${processOf("application_name", "given.channel")} as process
      from pg_stat_activity, ${given} where datname = current_database())
    select found.process, pg_notify(given.channel, given.payload)::text as told
    from found, ${given} where found.process <> given.process`,
);

/** What of the channel is needed to ask. */
type QuestionChannel = Pick<PostgresChannel, "connection" | "names" | "onReply" | "questionOf">;

/** A question that waits for answers. */
interface OpenQuestion {
  readonly answered: Set<string>;
  /** Called with each answer. */
  onAnswer: () => void;
}

/** Asks the other processes whether they have heard what this process has sent. */
export class PostgresConfirmations {
  readonly #open = new Map<number, OpenQuestion>();
  /** Processes that did not answer in time: they are not waited for again before they do. */
  readonly #silent = new Set<string>();
  #questions = 0;

  constructor(private readonly channel: QuestionChannel) {
    channel.onReply(({ process, question }) => {
      this.#silent.delete(process);
      const open = this.#open.get(question);
      open?.answered.add(process);
      open?.onAnswer();
    });
  }

  /**
   * Resolves once every other process has dropped what the commits so far have replaced. Does not wait for a process that ends, nor
   * for answers that cannot be heard, since the own connection is lost.
   */
  async caughtUp(): Promise<void> {
    const id = (this.#questions += 1);
    const question: OpenQuestion = { answered: new Set(), onAnswer: () => undefined };
    this.#open.set(id, question);
    try {
      await this.#allAnswered(id, question);
    } finally {
      this.#open.delete(id);
    }
  }

  async #allAnswered(id: number, question: OpenQuestion): Promise<void> {
    let missing = (await this.#ask(id)).filter((process) => !this.#silent.has(process));
    for (let waitedMs = 0; waitedMs < LONGEST_MS; waitedMs += AGAIN_MS) {
      if (await hasAllWithin(AGAIN_MS, missing, question)) return;
      const living = await this.#ask(id);
      missing = missing.filter((process) => living.includes(process) && !question.answered.has(process));
    }
    for (const process of missing) this.#silent.add(process);
  }

  /** @returns the other processes; none where the connection is lost. */
  async #ask(id: number): Promise<readonly string[]> {
    const { connection, names } = this.channel;
    if (!connection) return [];
    const { channel, process } = names;
    const asking: Asking = { channel, process, payload: this.channel.questionOf(id) };
    const { rows } = await run(connection, ASK, NO_TENANT, [asking]).catch(() => ({ rows: [] }));
    return rows.map((row) => row.process);
  }
}

/** Resolves with whether all have answered: once they have, and after `ms` in any case. */
function hasAllWithin(ms: number, processes: readonly string[], question: OpenQuestion): Promise<boolean> {
  const hasAll = (): boolean => processes.every((process) => question.answered.has(process));
  if (hasAll()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    question.onAnswer = () => {
      if (!hasAll()) return;
      clearTimeout(timer);
      resolve(true);
    };
  });
}
