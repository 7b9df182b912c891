import type { Provider } from "./provider";

/** The origin of values: provider and time. `fields` are the names of the graph fields whose value comes from this record. */
export interface Source {
  readonly provider: Provider;
  readonly providerId: string | null;
  readonly fetchedAt: Date;
  readonly fields: readonly string[];
}
