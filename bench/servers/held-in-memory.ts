import { readFileSync } from "node:fs";
import { askProvider } from "./asked-each-time";

/** What the record has, as the graph served it. */
export interface HeldPerson {
  readonly id: string;
  readonly fullName: string | null;
  readonly jobTitle: string | null;
  readonly linkedinUrl: string | null;
}

export interface HeldRecommendation {
  readonly id: string;
  readonly score: number | null;
  readonly company: {
    readonly id: string;
    readonly name: string | null;
    readonly domain: string | null;
    readonly industries: string[];
    readonly employeeCount: number | null;
  };
  readonly people: readonly HeldPerson[];
}

/** As long as Tributary's, so that answers are of one size. */
const CURSOR_BYTES = 33;
const DEFAULT_PAGE_SIZE = 10;

const data = process.env["BENCH_DATA"];
const held = data === undefined ? [] : (JSON.parse(readFileSync(data, "utf8")) as readonly HeldRecommendation[]);

/** A page of what is held in memory, or, where nothing is, as the provider gives it. */
export function readPage(user: string | undefined, first = DEFAULT_PAGE_SIZE, after?: string | null) {
  return data === undefined ? askProvider(user, first) : recommendationPage(first, after);
}

/** A page in the plainest way that does the job: an index as cursor, a slice of an array. */
function recommendationPage(first: number, after?: string | null) {
  const from = after == null ? 0 : positionOf(after) + 1;
  const edges = held.slice(from, from + first).map((node, i) => ({ node, cursor: cursorOf(from + i) }));
  return { edges, pageInfo: { hasNextPage: from + first < held.length, endCursor: edges.at(-1)?.cursor ?? null } };
}

export function peoplePage(people: readonly HeldPerson[], first = DEFAULT_PAGE_SIZE) {
  return { nodes: people.slice(0, first) };
}

/** The cursor of a row, as these servers make it. */
function cursorOf(position: number): string {
  return Buffer.from(String(position).padStart(CURSOR_BYTES)).toString("base64url");
}

function positionOf(cursor: string): number {
  return Number(Buffer.from(cursor, "base64url").toString());
}
