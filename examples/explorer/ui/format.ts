const number = new Intl.NumberFormat("en");
const decimal = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const dateTime = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
const dayOfMonth = new Intl.DateTimeFormat("en", { month: "short", day: "numeric", timeZone: "UTC" });
const timeOfDay = new Intl.DateTimeFormat("en", { timeStyle: "medium" });
const regionNames = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

export function formatNumber(value: number): string {
  return number.format(value);
}

/** `0 people`, `1 person`, `2 people`. */
export function formatCount(count: number, one: string, many: string): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** `1 credit`, `0.33 credits`: with two decimals at most. */
export function formatCredits(credits: number): string {
  return `${decimal.format(credits)} ${credits === 1 ? "credit" : "credits"}`;
}

/** Date and time of an ISO 8601 instant, where the reader is. */
export function formatInstant(iso: string): string {
  return dateTime.format(new Date(iso));
}

/** A calendar day such as `2026-11-30`, without its year. */
export function formatDay(day: string): string {
  return dayOfMonth.format(new Date(day));
}

/** The time alone, to the second: for what is about to happen. */
export function formatTime(iso: string): string {
  return timeOfDay.format(new Date(iso));
}

/** The name of a country given by its ISO 3166 code; anything else as it stands. */
export function formatCountry(country: string): string {
  return /^[A-Z]{2}$/.test(country) ? (regionNames.of(country) ?? country) : country;
}

/** `headquarters` and `PROVIDER_UNAVAILABLE` in words: "headquarters", "provider unavailable". */
export function formatName(name: string): string {
  return name
    .replaceAll("_", " ")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}

/** At most two letters that stand for a name. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  return [words[0], words[1]].map((word) => word?.[0]?.toUpperCase() ?? "").join("");
}
