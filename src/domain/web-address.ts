import { domainToASCII } from "node:url";
import { getHostname, parse } from "tldts";
import type { Brand } from "./entity-key";
import { isPlaceholderLabel, isPlaceholderSlug } from "./placeholder";
import { isSharedHost } from "./shared-hosts";

/** Registrable domain, lower case, ASCII, without `www.`; the public suffix list's private part counts. */
export type Domain = Brand<string, "Domain">;
/** The last part of a LinkedIn address, lower case, percent-decoded. */
export type LinkedinSlug = Brand<string, "LinkedinSlug">;

/**
 * The registrable domain in a text; `null` for IP addresses, bare suffixes, shared hosts and placeholders.
 *
 * @example
 *   toDomain("https://www.Acme.co.uk/about"); // "acme.co.uk"
 *   toDomain("undefined.com"); // null
 */
export function toDomain(text: string): Domain | null {
  // ASCII first: unusual spellings of a shared host or an IP address, such as `1.2.3`, are recognised only then.
  const host = domainToASCII(getHostname(text.trim().toLowerCase()) ?? "");
  const { domain, domainWithoutSuffix, isPrivate } = parse(host, { allowPrivateDomains: true });
  if (!domain || !domainWithoutSuffix || isSharedHost(host) || isPlaceholderLabel(domainWithoutSuffix)) return null;
  if (isPrivate && domainWithoutSuffix === "www") return null; // the shared host itself
  return domain as Domain;
}

const LINKEDIN_ADDRESSES = {
  Company: linkedinAddress("company|school|showcase"),
  Person: linkedinAddress("in"),
} as const;
/** "n/a" in place of a slug: its slash makes two path segments of it. */
const NOT_AVAILABLE = /\/n\/+a[/\s]*(?:[?#]|$)/i;
const CANONICAL_PATHS = { Company: "company", Person: "in" } as const;

/**
 * The slug in a LinkedIn address of that kind, whatever its scheme, country host, case, slashes or query;
 * `null` for other texts, and for slugs that stand for a missing value, such as `unavailable`, `undefined` and `-`.
 */
export function toLinkedinSlug(kind: "Company" | "Person", text: string): LinkedinSlug | null {
  const slug = LINKEDIN_ADDRESSES[kind].exec(text.trim())?.[1];
  if (slug === undefined || NOT_AVAILABLE.test(text)) return null;
  try {
    const decoded = decodeURIComponent(slug).trim().normalize("NFC").toLowerCase();
    if (isPlaceholderSlug(decoded)) return null;
    return /^[^\s\p{Cc}]+$/u.test(decoded) ? (decoded as LinkedinSlug) : null;
  } catch {
    return null; // a "%" that is no escape: LinkedIn has no such address
  }
}

function linkedinAddress(paths: string): RegExp {
  return new RegExp(String.raw`^(?:https?:)?(?://)?(?:[a-z0-9-]+\.)*linkedin\.com/+(?:${paths})/+([^/?#\s]+)`, "i");
}

/** The canonical address of a LinkedIn page, as the graph returns it. */
export function linkedinUrl(kind: "Company" | "Person", slug: string): string {
  return `https://www.linkedin.com/${CANONICAL_PATHS[kind]}/${encodeURIComponent(slug)}`;
}
