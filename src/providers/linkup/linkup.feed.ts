import type { ProviderError } from "../../domain/errors";
import type { ExpectedGrowth, FeedSource } from "../../feeds/feed/feed-source.port";
import type { Extension, FeedHead, Json } from "../../feeds/feed/feed-model";
import { isUnreadAnswer, unreadRows } from "../http/unread-rows";
import type { LinkupAmount, LinkupClient } from "./linkup.client";
import { toPersonItem } from "./linkup.records";

export interface LinkupFeedOptions {
  readonly maxAgeMs: number;
  /** `totals` asks for the first n people each time; `pages` asks for each page of ten once. */
  readonly paging: "totals" | "pages";
  /** Largest number of people asked for; a feed ends there. */
  readonly maxResults: number;
}

/** The query of a feed of LinkUp. `account` is a keyed hash. */
export interface LinkupQuery {
  readonly account: string;
  readonly country: string;
}

/** People for one credit, rounded up; also the page size of `pages`. */
const PEOPLE_PER_CREDIT = 10;

/**
 * Reads an interface without offsets as one sequence: it asks for more people each time, and known ones are dropped.
 *
 * Each call asks for at least twice as many people as the one before, so reading n people in steps costs at most about twice as
 * much as one call. LinkedIn may rank differently in the next call: recorded people keep their places, new ones are appended.
 */
export class LinkupFeedSource implements FeedSource {
  readonly provider = "LINKUP";
  readonly unavailable = null;
  readonly recheckAfterMs = null;
  readonly #loginToken: string;

  /** @param loginToken the caller's secret; it is sent to LinkUp only. */
  constructor(
    private readonly client: LinkupClient,
    loginToken: string,
    private readonly options: LinkupFeedOptions,
  ) {
    this.#loginToken = loginToken;
  }

  get maxAgeMs(): number {
    return this.options.maxAgeMs;
  }

  callsFor(rows: number): number {
    return rows === 0 ? 0 : 1;
  }

  creditsFor(want: number, feed: FeedHead): number {
    const amount = this.#amount(askedBefore(feed.state), feed.length, want);
    return amount.kind === "first" ? creditsOf(amount.people) : amount.to - amount.from + 1;
  }

  grown(want: number, feed: FeedHead): ExpectedGrowth {
    const amount = this.#amount(askedBefore(feed.state), feed.length, want);
    const asked = askedAfter(amount);
    const rows = amount.kind === "first" ? asked - feed.length : expectedOf(amount);
    return { rows, state: { asked }, ended: asked >= this.options.maxResults };
  }

  async extend(feed: FeedHead, want: number, signal: AbortSignal, onSent?: () => void): Promise<Extension> {
    const control = { signal, ...(onSent ? { onSent } : {}) };
    const { country } = JSON.parse(feed.query) as LinkupQuery;
    const amount = this.#amount(askedBefore(feed.state), feed.length, want);
    const { people, totalPages } = await this.client.recommendations(this.#loginToken, country, amount, control);
    const asked = askedAfter(amount);
    const isLastPage = amount.kind === "pages" && totalPages !== null && amount.to >= totalPages;
    return {
      items: people.flatMap((person) => (person ? [toPersonItem(person)] : [])),
      state: { asked },
      ended: people.length < expectedOf(amount) || isLastPage || asked >= this.options.maxResults,
      total: null,
      charge: { kind: "credits", credits: Math.max(1, creditsOf(people.length)) },
      issues: unreadRows(this.provider, people),
    };
  }

  /** Every answer is charged, errors too, except a 500. The cost of a lost or unreadable answer is unknown. */
  creditsForFailure(error: ProviderError): number | null {
    if (error.code === "PROVIDER_OUTCOME_UNKNOWN" || isUnreadAnswer(error)) return null;
    return error.status === null || error.status === 500 ? 0 : 1;
  }

  #amount(asked: number, length: number, want: number): LinkupAmount {
    const { paging, maxResults } = this.options;
    if (paging === "totals") {
      const people = Math.max(length + want, asked * 2);
      return { kind: "first", people: Math.min(maxResults, creditsOf(people) * PEOPLE_PER_CREDIT) };
    }
    const from = asked / PEOPLE_PER_CREDIT + 1;
    const lastPage = Math.ceil(maxResults / PEOPLE_PER_CREDIT);
    return { kind: "pages", from, to: Math.max(from, Math.min(lastPage, from + creditsOf(want) - 1)) };
  }
}

function creditsOf(people: number): number {
  return Math.ceil(people / PEOPLE_PER_CREDIT);
}

/** How many people the answer has, if there are so many. */
function expectedOf(amount: LinkupAmount): number {
  return amount.kind === "first" ? amount.people : (amount.to - amount.from + 1) * PEOPLE_PER_CREDIT;
}

/** How many people were asked for in all. */
function askedAfter(amount: LinkupAmount): number {
  return amount.kind === "first" ? amount.people : amount.to * PEOPLE_PER_CREDIT;
}

function askedBefore(state: Json): number {
  return typeof state === "object" && state !== null && "asked" in state ? Number(state.asked) : 0;
}
