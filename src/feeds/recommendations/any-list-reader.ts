import type { TenantId } from "../../domain/tenant-id";
import type { RecommendationNode } from "../nodes";
import { providerListReader } from "../pages/recommendation-node";
import type { Row, RowReader } from "../pages/row-reader";

/** Turns rows into recommendations: rows of one provider's list directly, rows of merged feeds through `merged`. */
export class AnyListReader implements RowReader<RecommendationNode> {
  constructor(private readonly merged: RowReader<RecommendationNode>) {}

  peek(tenant: TenantId, rows: readonly Row[]): readonly RecommendationNode[] | null {
    const merged = rows.filter(isMerged);
    if (merged.length === 0) return providerListReader.peek(tenant, rows);
    const nodes = this.merged.peek(tenant, merged);
    return nodes && together(tenant, rows, nodes);
  }

  async read(tenant: TenantId, rows: readonly Row[]): Promise<readonly RecommendationNode[]> {
    const merged = rows.filter(isMerged);
    if (merged.length === 0) return providerListReader.peek(tenant, rows);
    return together(tenant, rows, await this.merged.read(tenant, merged));
  }
}

/** The nodes of `rows`. @param merged those of the rows of merged feeds, in the same order. */
function together(
  tenant: TenantId,
  rows: readonly Row[],
  merged: readonly RecommendationNode[],
): readonly RecommendationNode[] {
  if (merged.length === rows.length) return merged;
  const left = [...merged];
  return rows.flatMap((row) => (isMerged(row) ? left.splice(0, 1) : providerListReader.peek(tenant, [row])));
}

function isMerged({ feed }: Row): boolean {
  return feed.provider === "MERGED";
}
