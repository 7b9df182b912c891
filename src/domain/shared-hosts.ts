import hostsByKind from "./shared-hosts.json";

/**
 * Hosts that give addresses to their users: pages, shops, profiles, mailboxes, shortened links. Such a host names the service and
 * not the user, so neither the host nor a name under it is a company's domain. The disadvantage: the company that runs the host,
 * and companies that have no other address, are identified by LinkedIn page and providers' ids only. So the list has the hosts
 * that companies commonly give as their own address, and no others.
 *
 * Hosts in the private part of the public suffix list need no entry: `acme.wixsite.com` is a domain there, `wixsite.com` is none.
 * Where only one subdomain has user pages, only that is listed: `sites.google.com`, but not `google.com`.
 */
const SHARED_HOSTS: ReadonlySet<string> = new Set(Object.values(hostsByKind).flat());

/** Whether the host, or a parent domain of it, is in the list. @param host lower case, ASCII. */
export function isSharedHost(host: string): boolean {
  const labels = host.replace(/\.$/, "").split(".");
  return labels.some((_, at) => SHARED_HOSTS.has(labels.slice(at).join(".")));
}
