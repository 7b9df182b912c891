import { ProviderError } from "../../domain/errors";
import type { TenantId } from "../../domain/tenant-id";
import type { ExpectedGrowth, FeedSource } from "../../feeds/feed/feed-source.port";
import type { Extension, FeedHead, Json, NewItem } from "../../feeds/feed/feed-model";
import { unreadRows } from "../http/unread-rows";
import type { SurfeClient, SurfePage, SurfeRow, SurfeWindow } from "./surfe.client";
import { parseSurfeQuery, type SurfeQuery } from "./surfe.query";
import { toItem } from "./surfe.records";

/** Records which profiles Surfe has in their saved version. */
export interface SentProfiles {
  isSent(tenant: TenantId, icp: string): Promise<boolean>;
  markSent(tenant: TenantId, icp: string, sent: boolean, providerId?: string | null): Promise<void>;
}

export interface SurfeFeedOptions {
  readonly maxAgeMs: number;
  readonly recheckAfterMs: number;
  /** Maximum number of rows of one fetch, including the anchor row; 2 or more. */
  readonly maxWindow: number;
}

/**
 * How far the day's list was read: the number of rows, and the mark of the last one.
 * When the day changes, rows that were seen leave the list, and offsets of the day before are no longer valid.
 */
type SurfeState = {
  readonly offset: number;
  readonly anchor: string | null;
  readonly known: KnownRows | null;
};

/** Rows later in the day's list, from `from` to before `to`, that are recorded already: the first fetch after a new day had them. */
type KnownRows = {
  readonly from: number;
  readonly to: number;
  /** Marks of the first and the last of them. */
  readonly first: string;
  readonly last: string;
  /** Whether the list ends with them. */
  readonly ended: boolean;
};

type StateAndEnd = Pick<Extension, "state" | "ended">;

/** A row of the day's list. `mark` identifies it; `item` is `null` where it cannot be read. */
interface Row {
  readonly mark: string;
  readonly item: NewItem | null;
}

const NEW_DAY: SurfeState = { offset: 0, anchor: null, known: null };

/**
 * Reads Surfe's daily list as one append-only sequence.
 *
 * Every window begins with the row that was read last, the anchor. If another row is there, the day has changed, and reading
 * begins again at 0. The rows of that window are recorded, because Surfe does not offer them again, and are skipped when reading
 * arrives at them. The anchor row costs nothing, since Surfe charges unique companies.
 */
export class SurfeFeedSource implements FeedSource {
  readonly provider = "SURFE";
  readonly unavailable = null;
  readonly whenEmpty = tooRestrictive();

  constructor(
    private readonly client: Pick<SurfeClient, "fetchRecommendations" | "upsertIcp">,
    private readonly profiles: SentProfiles,
    private readonly options: SurfeFeedOptions,
  ) {}

  get maxAgeMs(): number {
    return this.options.maxAgeMs;
  }

  get recheckAfterMs(): number {
    return this.options.recheckAfterMs;
  }

  /** The first window has no anchor row; each later one has. */
  callsFor(rows: number): number {
    const { maxWindow } = this.options;
    return rows === 0 ? 0 : 1 + Math.max(0, Math.ceil((rows - maxWindow) / (maxWindow - 1)));
  }

  /** The whole window with its anchor row: after a new day or month, every row of it may be charged. */
  creditsFor(want: number, feed: FeedHead): number {
    const { from, to } = windowOf(toState(feed.state), want, this.options.maxWindow);
    return to - from;
  }

  grown(want: number, feed: FeedHead): ExpectedGrowth {
    const { offset, anchor, known } = toState(feed.state);
    const { to } = windowOf({ offset, anchor, known }, want, this.options.maxWindow);
    if (known === null || to <= known.from)
      return { rows: to - offset, state: { offset: to, anchor: anchor ?? "", known }, ended: false };
    const state = { offset: known.to, anchor: known.last, known: null };
    return { rows: known.from - offset, state, ended: known.ended };
  }

  async extend(feed: FeedHead, want: number, signal: AbortSignal): Promise<Extension> {
    const query = parseSurfeQuery(feed.query);
    const state = toState(feed.state);
    const window = windowOf(state, want, this.options.maxWindow);
    const page = await this.#fetch(feed.tenant, query, window, signal);
    const rows = page.rows.map(toRow);
    if (rows.length === 0 && page.hasMore && window.from === 0) throw emptyAnswer();
    const hasDayChanged = state.anchor !== null && rows[0]?.mark !== state.anchor;
    const fresh = hasDayChanged || state.anchor === null ? rows : rows.slice(1);
    return {
      items: fresh.flatMap(({ item }) => item ?? []),
      ...(hasDayChanged && window.from > 0
        ? { state: { ...NEW_DAY, known: knownIn(window, rows, page.hasMore) }, ended: false }
        : stateAfter(window, rows, hasDayChanged ? null : state.known, page.hasMore)),
      total: null,
      charge: { kind: "units", units: rows.map(({ mark }) => mark) },
      issues: unreadRows(
        this.provider,
        fresh.map(({ item }) => item),
      ),
    };
  }

  /** Fetches a window. If Surfe does not have the profile, or no longer has it, the profile is sent first. */
  async #fetch(tenant: TenantId, query: SurfeQuery, window: SurfeWindow, signal: AbortSignal): Promise<SurfePage> {
    const fetch = (): Promise<SurfePage> => this.client.fetchRecommendations(query.externalUserId, window, signal);
    if (await this.profiles.isSent(tenant, query.icp)) {
      try {
        return await fetch();
      } catch (error) {
        if (!isForgotten(error)) throw error;
      }
    }
    const providerId = await this.client.upsertIcp(query.externalUserId, query.filters, signal);
    await this.profiles.markSent(tenant, query.icp, true, providerId);
    return fetch();
  }
}

/** The window from the anchor on. It ends with the first known row, which shows whether the known rows are of this day. */
function windowOf({ offset, anchor, known }: SurfeState, want: number, maxWindow: number): SurfeWindow {
  const from = anchor === null ? offset : offset - 1;
  const to = known !== null && offset + want >= known.from ? known.from + 1 : offset + want;
  return { from, to: Math.min(to, from + maxWindow) };
}

function stateAfter(
  { from }: SurfeWindow,
  rows: readonly Row[],
  known: KnownRows | null,
  hasMore: boolean,
): StateAndEnd {
  const met = known && rows[known.from - from];
  if (met && met.mark === known.first) {
    return { state: { offset: known.to, anchor: known.last, known: null }, ended: known.ended };
  }
  const state = { offset: from + rows.length, anchor: rows.at(-1)?.mark ?? null };
  // Another row is in their place: the day has changed since they were fetched.
  return { state: { ...state, known: met || !hasMore ? null : known }, ended: !hasMore };
}

function knownIn({ from }: SurfeWindow, rows: readonly Row[], hasMore: boolean): KnownRows | null {
  const [first] = rows;
  const last = rows.at(-1);
  return first && last ? { from, to: from + rows.length, first: first.mark, last: last.mark, ended: !hasMore } : null;
}

function toRow(row: SurfeRow): Row {
  if (row.kind === "unread") return { mark: `unread:${row.hash}`, item: null };
  const item = toItem(row.company);
  return { mark: item.subject, item };
}

/** Parses the state of a feed; a feed that was never extended begins at 0. */
function toState(state: Json): SurfeState {
  return { ...NEW_DAY, ...(state as Partial<SurfeState> | null) };
}

/** Surfe has no profile of that user. @see Surfe API v2, `POST /v2/recommendations/fetch`, read 2026-11-20. */
function isForgotten(error: unknown): boolean {
  return error instanceof ProviderError && error.status === 404;
}

/** @see Surfe API v2, `POST /v2/recommendations/fetch`, "Troubleshooting", read 2026-11-20. */
function tooRestrictive(): ProviderError {
  return new ProviderError(
    "SURFE",
    "PROVIDER_CANNOT_SERVE",
    "Surfe has no recommendations for this profile: its filters may be too restrictive. Relax them.",
  );
}

function emptyAnswer(): ProviderError {
  return new ProviderError(
    "SURFE",
    "PROVIDER_BAD_RESPONSE",
    "Surfe said that there are more companies, but returned none.",
  );
}
