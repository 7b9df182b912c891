import type { Kind } from "./ids";

/** What has been given under one id, or a row of ids, so that it is not given again. */
export interface Session {
  readonly apiKey: string;
  readonly kind: Kind;
  /** What is like the seeds it was begun with. */
  readonly candidates: readonly number[];
  /** Given, or excluded. */
  readonly passed: Set<number>;
  pages: number;
  usedAt: number;
}

/** Sessions by their ids, each of one key and kind. */
export class Sessions {
  private readonly byId = new Map<string, Session>();
  private ids = 0;

  constructor(
    private readonly lifeMs: number,
    private readonly now: () => number,
  ) {}

  begin(apiKey: string, kind: Kind, candidates: readonly number[]): Session {
    return { apiKey, kind, candidates, passed: new Set(), pages: 0, usedAt: this.now() };
  }

  /** Another id for it. @param make - An id from a number that no other id was made from. */
  name(session: Session, make: (number: number) => string): string {
    this.ids += 1;
    const id = make(this.ids);
    this.byId.set(id, session);
    return id;
  }

  /** `undefined` where the id is another key's or kind's, expired, or was never given. Using it keeps it alive. */
  find(id: string, apiKey: string, kind: Kind): Session | undefined {
    const session = this.byId.get(id);
    if (session?.apiKey !== apiKey || session.kind !== kind) return undefined;
    if (this.now() - session.usedAt > this.lifeMs) return undefined;
    session.usedAt = this.now();
    return session;
  }

  /** No id given so far works any longer. */
  expireAll(): void {
    this.byId.clear();
  }
}

/** Up to `limit` of those not passed yet, which then are; and how many would be left. */
export function nextRows(
  session: Session,
  candidates: readonly number[],
  { limit, exclude }: { readonly limit: number; readonly exclude: readonly number[] },
): { readonly rows: readonly number[]; readonly left: number } {
  for (const one of exclude) session.passed.add(one);
  const open = candidates.filter((one) => !session.passed.has(one));
  const rows = open.slice(0, limit);
  for (const one of rows) session.passed.add(one);
  session.pages += 1;
  return { rows, left: open.length - rows.length };
}
