import type { Kind } from "./ids";

/** A session: the rows that were returned under its ids, which do not come again. */
export interface Session {
  readonly apiKey: string;
  readonly kind: Kind;
  /** The rows similar to the seeds of the session. */
  readonly candidates: readonly number[];
  /** Rows that were returned or excluded. */
  readonly passed: Set<number>;
  pages: number;
  usedAt: number;
}

/** Sessions by id; each belongs to one key and kind. */
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

  /** Adds an id to a session. @param make - Makes an id of a unique number. */
  name(session: Session, make: (number: number) => string): string {
    this.ids += 1;
    const id = make(this.ids);
    this.byId.set(id, session);
    return id;
  }

  /** The session with this id; `undefined` where the id is unknown, expired, or of another key or kind. Extends its lifetime. */
  find(id: string, apiKey: string, kind: Kind): Session | undefined {
    const session = this.byId.get(id);
    if (session?.apiKey !== apiKey || session.kind !== kind) return undefined;
    if (this.now() - session.usedAt > this.lifeMs) return undefined;
    session.usedAt = this.now();
    return session;
  }

  /** Makes all ids expire. */
  expireAll(): void {
    this.byId.clear();
  }
}

/** Takes up to `limit` of the remaining rows; also returns how many remain. */
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
