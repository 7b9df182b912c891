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

/** `cursors` are those of `nodes`, one each, in the same order. */
export function toConnection<Node>(
  nodes: readonly Node[],
  cursors: readonly string[],
  { hasPreviousPage, hasNextPage, totalCount }: Surroundings,
): Connection<Node> {
  return {
    edges: nodes.map((node, i) => ({ node, cursor: cursors[i] ?? "" })),
    nodes,
    pageInfo: {
      hasPreviousPage,
      hasNextPage,
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
    totalCount,
  };
}
