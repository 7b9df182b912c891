import type { RecommendationNode } from "../nodes";
import { recommendationRows } from "../recommendation-node";
import type { Row, RowReader } from "../row-reader";

/** Reads rows of recommendations, whether of one provider's list or of a merged one. */
export class ProfileRows implements RowReader<RecommendationNode> {
  constructor(private readonly merged: RowReader<RecommendationNode>) {}

  peek(tenant: string, rows: readonly Row[]): readonly RecommendationNode[] | null {
    const [plain, merged] = split(rows);
    const nodes = this.merged.peek(tenant, merged);
    return nodes && join(rows, recommendationRows.peek(tenant, plain) ?? [], nodes);
  }

  async read(tenant: string, rows: readonly Row[]): Promise<readonly RecommendationNode[]> {
    const [plain, merged] = split(rows);
    return join(
      rows,
      await recommendationRows.read(tenant, plain),
      merged.length > 0 ? await this.merged.read(tenant, merged) : [],
    );
  }
}

function isMerged({ feed }: Row): boolean {
  return feed.provider === "MERGED";
}

function split(rows: readonly Row[]): readonly [plain: readonly Row[], merged: readonly Row[]] {
  return [rows.filter((row) => !isMerged(row)), rows.filter(isMerged)];
}

function join(
  rows: readonly Row[],
  plain: readonly RecommendationNode[],
  merged: readonly RecommendationNode[],
): readonly RecommendationNode[] {
  const next = { plain: 0, merged: 0 };
  return rows.flatMap((row) => (isMerged(row) ? merged[next.merged++] : plain[next.plain++]) ?? []);
}
