import Negotiator from "negotiator";

/** The media types of answers; the first one is for clients without a preference. */
const RESPONSE_TYPES = ["application/json", "application/graphql-response+json"] as const;

export type ResponseType = (typeof RESPONSE_TYPES)[number];

/** With the charset, for clients that ask for it. */
const OFFERED = RESPONSE_TYPES.map((type) => `${type}; charset=utf-8`);
const HTML = "text/html; charset=utf-8";

/** The media type of the answer, chosen as Apollo Server does; `null` where the client accepts neither. */
export function responseTypeFor(accept: string | undefined): ResponseType | null {
  const preferred = preferredOf(accept, OFFERED);
  return RESPONSE_TYPES.find((_, place) => OFFERED[place] === preferred) ?? null;
}

/** Whether the client prefers HTML to the media types of answers. */
export function prefersHtml(accept: string | undefined): boolean {
  return preferredOf(accept, [...OFFERED, HTML]) === HTML;
}

/** The preferred one of `offered`. An empty header counts as missing, as in Apollo Server. */
function preferredOf(accept: string | undefined, offered: readonly string[]): string | undefined {
  return new Negotiator({ headers: accept ? { accept } : {} }).mediaType([...offered]);
}
