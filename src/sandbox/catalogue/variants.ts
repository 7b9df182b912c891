import { hash } from "./random";

/** Picks one spelling of a name, by seed. */
function variant(seed: readonly number[], spellings: readonly (() => string)[]): string {
  return spellings[hash(...seed) % spellings.length]?.() ?? "";
}

/** A host name: unchanged, with `www.`, in upper case, or both. Equal seeds give equal results, as in all these functions. */
export function hostVariant(domain: string, ...seed: readonly number[]): string {
  return variant(seed, [
    () => domain,
    () => `www.${domain}`,
    () => domain.toUpperCase(),
    () => `WWW.${capitalised(domain)}`,
    () => domain,
  ]);
}

/** A host name, or the URL of a home page. */
export function siteVariant(domain: string, ...seed: readonly number[]): string {
  return variant(seed, [
    () => hostVariant(domain, ...seed, 1),
    () => `https://www.${domain}/`,
    () => `http://${domain.toUpperCase()}`,
    () => hostVariant(domain, ...seed, 1),
  ]);
}

/** A LinkedIn address: http or https, with or without a country's host, in any case, with slashes and a query string. */
export function linkedInVariant(kind: "company" | "in", slug: string, ...seed: readonly number[]): string {
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

/** A company's name: unchanged, in upper case, or with a legal form. */
export function nameVariant(name: string, ...seed: readonly number[]): string {
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
