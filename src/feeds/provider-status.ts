import type { Provider } from "../domain/provider";

/** How a provider stands for a tenant. */
export interface ProviderStatus {
  readonly provider: Provider;
  readonly configured: boolean;
  /** Whether the built-in simulator answers for it. */
  readonly sandbox: boolean;
  /** What one credit is. */
  readonly creditUnit: string;
  /** Credits a calendar month (UTC); `null` where no budget is set. */
  readonly creditBudget: number | null;
  readonly circuit: "CLOSED" | "OPEN" | "HALF_OPEN";
  readonly lastErrorCode: string | null;
}
