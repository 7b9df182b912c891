import { z } from "zod";
import { isTenantId, NO_TENANT, type TenantId } from "../../domain/tenant-id";

// Every role of the database can send notifications, so what is heard is checked.
const process = z.string().min(1).max(63);
const tenant = z.custom<TenantId>((value) => typeof value === "string" && (isTenantId(value) || value === NO_TENANT));

const replaced = z.object({ feeds: z.array(z.string()).readonly(), entities: z.boolean() });
const write = z.object({
  process,
  tenant,
  forgotten: z.literal(true).exactOptional(),
  replaced: replaced.exactOptional(),
});
const question = z.object({ process, question: z.int() });

const released = z.object({ process, tenant, lease: z.string() });

const message = z.union([question, released, write]);

/** A process wrote data of a tenant. `forgotten`: a person was forgotten. Without `replaced`: anything of the tenant may be another. */
export type WriteNotification = Readonly<z.output<typeof write>>;
/** A process gave a lease of that name back. A process of an older version takes it for a write. */
export type LeaseNotification = Readonly<z.output<typeof released>>;
/** A process asks whether the others have heard everything that was sent before. */
export type Question = Readonly<z.output<typeof question>>;

/** The answer to a question, on the channel that the process which asked hears alone; `process` is the one that answers. */
export type Reply = Question;

/** Reads what came on the channel of all processes; `null`: no process of this program sent it. */
export function readMessage(text: string): WriteNotification | LeaseNotification | Question | null {
  return message.safeParse(jsonIn(text)).data ?? null;
}

/** Reads what came on a process' own channel; `null`: no process of this program sent it. */
export function readReply(text: string): Reply | null {
  return question.safeParse(jsonIn(text)).data ?? null;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
