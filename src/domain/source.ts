import type { Provider } from "./provider";

/** Which provider said what, and when. `fields` are the graph fields whose value the record supplies, by name. */
export interface Source {
  readonly provider: Provider;
  readonly providerId: string | null;
  readonly fetchedAt: Date;
  readonly fields: readonly string[];
}
