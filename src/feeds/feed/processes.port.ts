import type { TenantId } from "../../domain/tenant-id";
import type { FeedHead } from "./feed-model";

/** The other processes that use the same database. */
export interface OtherProcesses {
  /** Runs `work` while no other process runs one under the same name. */
  exclusively<T>(tenant: TenantId, name: string, work: () => Promise<T>): Promise<T>;
  /** Resolves once no other process serves what this one has replaced so far. Never rejects. */
  caughtUp(): Promise<void>;
  /** The head as another process may have left it; `null` where the feed was deleted. */
  headOf(feed: FeedHead): Promise<FeedHead | null>;
}
