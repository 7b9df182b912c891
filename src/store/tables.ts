import type { Generated } from "kysely";

/** Times are milliseconds since 1970 UTC; JSON is text; every key begins with the tenant. */
export interface Schema {
  setting: { name: string; value: string };
  feed: FeedRow;
  feed_item: FeedItemRow;
  record: RecordRow;
  entity_key: { tenant: string; key: string; entity: string };
  counter: { tenant: string; name: string; value: number };
  icp: IcpRow;
  provider_call: ProviderCallRow;
  charge: ChargeRow;
}

export interface FeedRow {
  tenant: string;
  id: string;
  connection: string;
  provider: string;
  query: string;
  /** SHA-256 of `query`, hex: what the index holds instead of it. */
  query_hash: string;
  created_at: number;
  length: number;
  total: number | null;
  state: string;
  ended_at: number | null;
  closed: number;
  /** JSON: positions of rows that are not shown. */
  folded: string;
}

export interface FeedItemRow {
  tenant: string;
  feed_id: string;
  position: number;
  mark: number;
  subject: string;
  /** Null where the row was found, not recommended. */
  content: string | null;
  recorded_at: number;
}

export interface RecordRow {
  tenant: string;
  provider: string;
  /** Hash of what makes it this record of its provider: the names it uses, the employer, the fields it tells. */
  record_key: string;
  kind: string;
  entity: string;
  employer: string | null;
  provider_id: string | null;
  keys: string;
  fields: string;
  fetched_at: number;
  mark: number;
}

export interface IcpRow {
  tenant: string;
  id: string;
  /** Empty for the authenticated user's own. */
  external_user_id: string;
  profile: string;
  /** Whether Surfe has this very profile. */
  sent: number;
  created_at: number;
  updated_at: number;
  mark: number;
}

export interface ProviderCallRow {
  tenant: string;
  id: string;
  provider: string;
  operation: string;
  feed_id: string | null;
  reserved_credits: number;
  started_at: number;
  /** Null while the call is under way. */
  settled_at: number | null;
  outcome: string | null;
  credits: Generated<number>;
}

export interface ChargeRow {
  tenant: string;
  provider: string;
  /** Calendar month (UTC), `2026-11`. */
  month: string;
  /** What is charged once a month; the call's id where every call is charged. */
  unit: string;
  credits: number;
  charged_at: number;
  call_id: string;
}
