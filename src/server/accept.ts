import Negotiator from "negotiator";

/** The media types that the graph answers with; the older one is what a client gets that has no preference. */
const RESPONSE_TYPES = ["application/json", "application/graphql-response+json"] as const;

export type ResponseType = (typeof RESPONSE_TYPES)[number];

/** Answers are UTF-8, for clients that ask for it by name. */
const OFFERED = RESPONSE_TYPES.map((type) => `${type}; charset=utf-8`);
const HTML = "text/html; charset=utf-8";

/** What to answer with, as Apollo Server chooses it; `null` where the client takes neither. */
export function responseTypeFor(accept: string | undefined): ResponseType | null {
  const preferred = preferredOf(accept, OFFERED);
  return RESPONSE_TYPES.find((_, place) => OFFERED[place] === preferred) ?? null;
}

/** Whether HTML is preferred to any answer of the graph. */
export function prefersHtml(accept: string | undefined): boolean {
  return preferredOf(accept, [...OFFERED, HTML]) === HTML;
}

/** An empty header is none, as Apollo Server has it. */
function preferredOf(accept: string | undefined, offered: readonly string[]): string | undefined {
  return new Negotiator({ headers: accept ? { accept } : {} }).mediaType([...offered]);
}
