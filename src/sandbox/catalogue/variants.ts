import { hash } from "./random";

/** What one name may look like in another's hands: a spelling a turn, the turns shared out by `seed`. */
function variant(seed: readonly number[], spellings: readonly (() => string)[]): string {
  return spellings[hash(...seed) % spellings.length]?.() ?? "";
}

/** A host name: as it is, with `www.`, in upper case, or both. The same for the same seed, as all of these are. */
export function spellHost(domain: string, ...seed: readonly number[]): string {
  return variant(seed, [
    () => domain,
    () => `www.${domain}`,
    () => domain.toUpperCase(),
    () => `WWW.${capitalised(domain)}`,
    () => domain,
  ]);
}

/** A host name, or the address of a home page. */
export function spellSite(domain: string, ...seed: readonly number[]): string {
  return variant(seed, [
    () => spellHost(domain, ...seed, 1),
    () => `https://www.${domain}/`,
    () => `http://${domain.toUpperCase()}`,
    () => spellHost(domain, ...seed, 1),
  ]);
}

/** A LinkedIn address: http or https, a country's host or none, any case, with slashes and a query string. */
export function spellPage(kind: "company" | "in", slug: string, ...seed: readonly number[]): string {
  return variant(seed, [
    () => `https://www.linkedin.com/${kind}/${slug}`,
    () => `https://www.linkedin.com/${kind}/${slug}/`,
    () => `http://www.linkedin.com/${kind}/${slug.toUpperCase()}`,
    () => `https://fr.linkedin.com/${kind}/${slug}?trk=public_profile`,
    () => `http://uk.linkedin.com/${kind}/${capitalised(slug)}/?originalSubdomain=uk`,
    () => `https://LinkedIn.com/${kind}/${capitalised(slug)}`,
    () => `linkedin.com/${kind}/${slug}/`,
  ]);
}

/** A company's name: as it is, in upper case, or with what its lawyers add. */
export function spellName(name: string, ...seed: readonly number[]): string {
  return variant(seed, [
    () => name,
    () => `${name} Inc.`,
    () => `${name}, Inc`,
    () => name.toUpperCase(),
    () => `${name} Ltd`,
    () => name,
  ]);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
