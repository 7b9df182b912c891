/** A page of a list. `totalCount` is `null` while it is unknown. */
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

/**
 * @param edgesOf gives the edges of `nodes`, one each, in the same order; called once, and only where one of them, or a
 *   cursor, is asked for.
 */
export function toConnection<Node>(
  nodes: readonly Node[],
  edgesOf: () => readonly Edge<Node>[],
  surroundings: Surroundings,
): Connection<Node> {
  return new Page(nodes, edgesOf, surroundings);
}

/** Edges of `nodes`. @param cursors one each, in the same order. */
export function toEdges<Node>(nodes: readonly Node[], cursors: readonly string[]): readonly Edge<Node>[] {
  return nodes.map((node, i) => ({ cursor: cursors[i] ?? "", node }));
}

/** Most selections want the nodes alone: edges are made where they, or a cursor, are asked for. */
class Page<Node> implements Connection<Node> {
  readonly totalCount: number | null;
  #edges: readonly Edge<Node>[] | null = null;
  #pageInfo: PageInfo | null = null;

  constructor(
    readonly nodes: readonly Node[],
    private readonly edgesOf: () => readonly Edge<Node>[],
    private readonly surroundings: Surroundings,
  ) {
    this.totalCount = surroundings.totalCount;
  }

  get edges(): readonly Edge<Node>[] {
    this.#edges ??= this.nodes.length === 0 ? [] : this.edgesOf();
    return this.#edges;
  }

  get pageInfo(): PageInfo {
    this.#pageInfo ??= new PageInfoOf(this, this.surroundings);
    return this.#pageInfo;
  }
}

class PageInfoOf implements PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;

  constructor(
    private readonly page: Pick<Connection<unknown>, "edges">,
    { hasNextPage, hasPreviousPage }: Surroundings,
  ) {
    this.hasNextPage = hasNextPage;
    this.hasPreviousPage = hasPreviousPage;
  }

  get startCursor(): string | null {
    return this.page.edges[0]?.cursor ?? null;
  }

  get endCursor(): string | null {
    return this.page.edges.at(-1)?.cursor ?? null;
  }
}
