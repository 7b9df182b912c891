/** A page of a list, ready to be served. `totalCount` is `null` where nobody knows it yet. */
export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number | null;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

/** Exact in both directions; both cursors are `null` on an empty page. */
export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export interface Surroundings {
  readonly hasPreviousPage: boolean;
  readonly hasNextPage: boolean;
  readonly totalCount: number | null;
}

/** @param seal gives the cursors of `nodes`, one each, in the same order; called once, and only where one is asked for. */
export function toConnection<Node>(
  nodes: readonly Node[],
  seal: () => readonly string[],
  surroundings: Surroundings,
): Connection<Node> {
  return new Page(nodes, new Cursors(seal), surroundings);
}

/** Most selections want the nodes alone: edges and cursors are made where they are asked for. */
class Page<Node> implements Connection<Node> {
  readonly totalCount: number | null;
  #edges: readonly Edge<Node>[] | null = null;
  #pageInfo: PageInfo | null = null;

  constructor(
    readonly nodes: readonly Node[],
    private readonly cursors: Cursors,
    private readonly surroundings: Surroundings,
  ) {
    this.totalCount = surroundings.totalCount;
  }

  get edges(): readonly Edge<Node>[] {
    this.#edges ??= this.nodes.map((node, i) => ({ node, cursor: this.cursors.all[i] ?? "" }));
    return this.#edges;
  }

  get pageInfo(): PageInfo {
    this.#pageInfo ??= new SealedPageInfo(this.nodes.length, this.cursors, this.surroundings);
    return this.#pageInfo;
  }
}

class SealedPageInfo implements PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;

  constructor(
    private readonly length: number,
    private readonly cursors: Cursors,
    { hasNextPage, hasPreviousPage }: Surroundings,
  ) {
    this.hasNextPage = hasNextPage;
    this.hasPreviousPage = hasPreviousPage;
  }

  get startCursor(): string | null {
    return this.length === 0 ? null : (this.cursors.all[0] ?? null);
  }

  get endCursor(): string | null {
    return this.length === 0 ? null : (this.cursors.all.at(-1) ?? null);
  }
}

class Cursors {
  #sealed: readonly string[] | null = null;

  constructor(private readonly seal: () => readonly string[]) {}

  get all(): readonly string[] {
    this.#sealed ??= this.seal();
    return this.#sealed;
  }
}
