import { ProviderError } from "../../domain/errors";
import type { FeedSource } from "../../feeds/feed-source";
import type { Extension, FeedHead, Json, NewItem } from "../../feeds/feed-store";
import type { SurfeClient } from "./surfe.client";
import { parseSurfeQuery, type SurfeQuery } from "./surfe.query";
import { toItem } from "./surfe.records";

/** Whether Surfe has the profile that is saved here. */
export interface SentProfiles {
  isSent(tenant: string, icp: string): Promise<boolean>;
  markSent(tenant: string, icp: string, sent: boolean): Promise<void>;
}

export interface SurfeFeedOptions {
  readonly maxAgeMs: number;
  readonly recheckAfterMs: number;
  /** Most rows asked for in one fetch, the anchor row included; 2 or more. */
  readonly maxWindow: number;
}

/**
 * Where reading stands in the day's list: how many rows of it were read, and the last of them.
 * When the day turns, rows that were seen leave the list, and offsets of the day before mean nothing any more.
 */
interface SurfeState {
  readonly offset: number;
  readonly anchor: string | null;
}

const DAY_BEGINS: SurfeState = { offset: 0, anchor: null };

/**
 * Reads Surfe's daily list as one append-only sequence.
 *
 * Every window begins one row early. That row is the anchor: where it is not the one that was last read, the day has
 * turned, and reading begins again at 0. The rows of such a probing window are kept, because Surfe will not offer
 * them again; those met once more later are known by then. The overlap costs nothing: Surfe charges unique companies.
 */
export class SurfeFeedSource implements FeedSource {
  readonly provider = "SURFE";
  readonly refusal = null;

  constructor(
    private readonly client: SurfeClient,
    private readonly profiles: SentProfiles,
    private readonly options: SurfeFeedOptions,
  ) {}

  get maxAgeMs(): number {
    return this.options.maxAgeMs;
  }

  get recheckAfterMs(): number {
    return this.options.recheckAfterMs;
  }

  /** The first window is all rows; the others overlap by one. */
  callsFor(rows: number): number {
    const { maxWindow } = this.options;
    return rows === 0 ? 0 : 1 + Math.max(0, Math.ceil((rows - maxWindow) / (maxWindow - 1)));
  }

  creditsFor(want: number): number {
    return Math.min(want, this.options.maxWindow);
  }

  async extend(feed: FeedHead, want: number, signal: AbortSignal): Promise<Extension> {
    const query = parseSurfeQuery(feed.query);
    await this.#ensureSent(feed.tenant, query, signal);
    const { offset, anchor } = toState(feed.state);
    const from = anchor === null ? offset : offset - 1;
    const window = { from, to: Math.min(offset + want, from + this.options.maxWindow) };
    const { companies, hasMore } = await this.client.fetchRecommendations(query.externalUserId, window, signal);
    const items = companies.map(toItem);
    const charge = { kind: "units" as const, units: items.map(({ subject }) => subject) };
    if (anchor !== null && items[0]?.subject !== anchor) {
      return { items, state: { ...DAY_BEGINS }, ended: false, total: null, charge };
    }
    if (items.length === 0 && hasMore) throw contradiction();
    const state = { offset: from + items.length, anchor: lastSubject(items) };
    return { items: anchor === null ? items : items.slice(1), state, ended: !hasMore, total: null, charge };
  }

  /** A profile that Surfe does not have, because it was saved before there was a key, goes first. */
  async #ensureSent(tenant: string, { icp, externalUserId, filters }: SurfeQuery, signal: AbortSignal): Promise<void> {
    if (await this.profiles.isSent(tenant, icp)) return;
    await this.client.upsertIcp(externalUserId, filters, signal);
    await this.profiles.markSent(tenant, icp, true);
  }
}

function lastSubject(items: readonly NewItem[]): string | null {
  return items.at(-1)?.subject ?? null;
}

function toState(state: Json): SurfeState {
  if (typeof state !== "object" || state === null || !("offset" in state)) return DAY_BEGINS;
  const { offset, anchor } = state;
  return { offset: Number(offset), anchor: typeof anchor === "string" ? anchor : null };
}

function contradiction(): ProviderError {
  return new ProviderError("SURFE", "PROVIDER_BAD_RESPONSE", "Surfe said that there is more, but gave no company.");
}
