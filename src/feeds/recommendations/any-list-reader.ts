import type { RecommendationNode } from "../nodes";
import { providerListReader } from "../pages/recommendation-node";
import type { Row, RowNodes, RowReader } from "../pages/row-reader";

/** Reads rows of recommendations, whether of one provider's list or of a merged one. */
export class AnyListReader implements RowReader<RecommendationNode> {
  constructor(private readonly merged: RowReader<RecommendationNode>) {}

  peek(tenant: string, rows: readonly Row[]): RowNodes<RecommendationNode> | null {
    const { plain, merged } = split(rows);
    const nodes = this.merged.peek(tenant, merged);
    return nodes && new Map([...providerListReader.peek(tenant, plain), ...nodes]);
  }

  async read(tenant: string, rows: readonly Row[]): Promise<RowNodes<RecommendationNode>> {
    const { plain, merged } = split(rows);
    const nodes = providerListReader.peek(tenant, plain);
    return merged.length > 0 ? new Map([...nodes, ...(await this.merged.read(tenant, merged))]) : nodes;
  }
}

function split(rows: readonly Row[]): { readonly plain: readonly Row[]; readonly merged: readonly Row[] } {
  const isMerged = ({ feed }: Row): boolean => feed.provider === "MERGED";
  return { plain: rows.filter((row) => !isMerged(row)), merged: rows.filter(isMerged) };
}
