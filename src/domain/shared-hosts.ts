import hostsByKind from "./shared-hosts.json";

/**
 * Hosts whose addresses belong to their users: a page, a shop, a profile, a mailbox or a shortened link. Finding one
 * there tells who lends the page, not whose it is: neither they nor anything under them is a company's domain. The price is
 * that the company behind such a host is known by its LinkedIn page and providers' ids alone, as are those that have only an
 * address there. So a host is listed where companies commonly give an address on it as their own, not wherever one could.
 *
 * Hosts on the public suffix list's private part need no entry: `acme.wixsite.com` is a domain of its own there, and the
 * bare host nobody's. Where a company lends pages under one name only, just that is listed: `google.com` is Google's,
 * `sites.google.com` is not.
 */
const SHARED_HOSTS: ReadonlySet<string> = new Set(Object.values(hostsByKind).flat());

/** Whether an address at this host is its user's, not its owner's. @param host lower case, ASCII. */
export function isSharedHost(host: string): boolean {
  const labels = host.replace(/\.$/, "").split(".");
  return labels.some((_, at) => SHARED_HOSTS.has(labels.slice(at).join(".")));
}
