import { LRUCache } from "lru-cache";
import type { RequestContext } from "../../graphql/context";
import { operationKey, type AskedOperation } from "./compiled-queries";
import { RootCalls, type Ask } from "./root-calls";

/** Characters of all answers together; a page of 100 companies with 5 people each has about 120,000. */
const MAX_CHARACTERS = 8_000_000;
const MAX_COUNTED = 1_000;

/** An operation as it was asked for, with its variables. */
export interface AskedAnswer extends AskedOperation {
  readonly variables: Readonly<Record<string, unknown>>;
}

/** An answer as it was sent, and what it was made of. */
interface KeptAnswer {
  /** Bytes are the cheaper to send, but not to make: they are made when an answer is sent again. */
  body: string | Buffer;
  readonly asks: ReadonlyMap<string | number, Ask>;
  /** What the root fields gave; held by nobody on the answer's account. */
  readonly roots: readonly WeakRef<object>[];
  /** How often something had been written for the tenant. */
  readonly writes: number;
}

/** Answers of recorded operations, by tenant, operation and variables; the least recently sent are dropped. */
export class KeptAnswers {
  readonly #answers = new LRUCache<string, KeptAnswer>({ maxSize: MAX_CHARACTERS });
  readonly #asked = new LRUCache<string, number>({ max: MAX_COUNTED });

  /** @param keepAfter how often an answer is asked for before one is kept: keeping what is asked for once is waste. */
  constructor(private readonly keepAfter: number) {}

  /** Begins a run of a recorded operation; `null` where nothing is kept of it, nor to be. */
  recall(asked: AskedAnswer, context: RequestContext): Recall | null {
    const key = `${context.tenant}\0${operationKey(asked)}\0${JSON.stringify(asked.variables)}`;
    const answer = this.#answers.get(key);
    if (!answer && !this.#isAskedOften(key)) return null;
    return new Recall(answer, context, (made) => this.#answers.set(key, made, { size: key.length + made.body.length }));
  }

  #isAskedOften(key: string): boolean {
    const asked = this.#asked.get(key) ?? 0;
    if (asked < this.keepAfter) this.#asked.set(key, asked + 1);
    return asked >= this.keepAfter;
  }
}

/**
 * One run of a recorded operation. A kept answer is right while nothing was written for the tenant and the root fields,
 * asked for this run as for any other, give the very objects that it was made of.
 */
export class Recall {
  readonly roots = new RootCalls();
  readonly #writes: number;

  constructor(
    private readonly answer: KeptAnswer | undefined,
    private readonly context: RequestContext,
    private readonly store: (made: KeptAnswer) => void,
  ) {
    this.#writes = this.#writesNow();
  }

  /** Whether the operation was answered with these variables before, and so is within the limits. */
  get isKnown(): boolean {
    return this.answer !== undefined;
  }

  /** The answer that was kept; `null` where it has to be made, with `roots`. */
  async body(): Promise<Buffer | null> {
    const { answer, roots } = this;
    if (!answer) return null;
    for (const [name, ask] of answer.asks) roots.give(name, ask, this.context);
    const objects = await roots.objects();
    const isSame = objects?.every((object, i) => object === answer.roots[i]?.deref());
    if (!isSame || answer.writes !== this.#writesNow()) return null;
    if (typeof answer.body === "string") answer.body = Buffer.from(answer.body);
    return answer.body;
  }

  /** Takes an answer without errors that was made with `roots`. */
  async keep(body: string): Promise<void> {
    const objects = await this.roots.objects();
    if (!objects) return;
    const roots = objects.map((object) => new WeakRef(object));
    this.store({ body, asks: this.roots.asks, roots, writes: this.#writes });
  }

  #writesNow(): number {
    return this.context.services.entities.writes(this.context.tenant);
  }
}
