/** The media types that the graph answers with; the older one is what a client gets that has no preference. */
const RESPONSE_TYPES = ["application/json", "application/graphql-response+json"] as const;

export type ResponseType = (typeof RESPONSE_TYPES)[number];

/** How much a type is wanted; of two wanted equally, the one that is named wins over one that only a wildcard covers. */
interface Preference {
  readonly quality: number;
  readonly specificity: number;
  /** Where it stands in the header. */
  readonly place: number;
}

/** What to answer with, as Apollo Server chooses it; `null` where the client takes neither. */
export function responseTypeFor(accept: string | undefined): ResponseType | null {
  const [best] = RESPONSE_TYPES.map((type) => ({ type, ...preference(accept, type) }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || b.specificity - a.specificity || a.place - b.place);
  return best?.type ?? null;
}

/** Whether HTML is wanted more than any answer of the graph. */
export function prefersHtml(accept: string | undefined): boolean {
  const html = preference(accept, "text/html");
  return RESPONSE_TYPES.every((type) => isHigher(html, preference(accept, type)));
}

function isHigher(one: Preference, other: Preference): boolean {
  return one.quality > other.quality || (one.quality === other.quality && one.specificity > other.specificity);
}

/** @see RFC 9110, 12.5.1: the most specific range that covers a type tells its quality. */
function preference(accept: string | undefined, type: string): Preference {
  const coveredBy = ["*/*", `${type.slice(0, type.indexOf("/"))}/*`, type];
  let best: Preference = { quality: 0, specificity: -1, place: -1 };
  for (const [place, item] of (accept || "*/*").toLowerCase().split(",").entries()) {
    const [range = "", ...parameters] = item.split(";").map((part) => part.trim());
    const specificity = coveredBy.indexOf(range);
    if (specificity > best.specificity && parameters.every(isServed)) {
      best = { quality: qualityOf(parameters), specificity, place };
    }
  }
  return best;
}

/** A range with any other parameter covers a type that is not ours. */
function isServed(parameter: string): boolean {
  return parameter.startsWith("q=") || /^charset="?utf-8"?$/.test(parameter);
}

function qualityOf(parameters: readonly string[]): number {
  const quality = parameters.find((parameter) => parameter.startsWith("q="));
  return quality === undefined ? 1 : Number(quality.slice("q=".length));
}
