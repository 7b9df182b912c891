import type { Provider } from "../domain/provider";

/** The state of a provider for a tenant. */
export interface ProviderStatus {
  readonly provider: Provider;
  readonly configured: boolean;
  /** Whether the built-in simulator answers for it. */
  readonly sandbox: boolean;
  /** What one credit is. */
  readonly creditUnit: string;
  /** Credits per calendar month (UTC); `null` where no budget is set. */
  readonly creditBudget: number | null;
  readonly circuit: "CLOSED" | "OPEN" | "HALF_OPEN";
  readonly lastErrorCode: string | null;
  /** How many calls wait for the limiter. */
  readonly queued: number;
}
