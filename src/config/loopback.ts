import { BlockList, isIP } from "node:net";

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/**
 * Whether a server that listens on `host` is reachable from this machine only: 127.0.0.0/8, `::1` in any form, or `localhost`.
 * Any other name counts as not loopback, whatever it resolves to.
 */
export function isLoopback(host: string): boolean {
  switch (isIP(host)) {
    case 4:
      return LOOPBACK.check(host, "ipv4");
    case 6:
      return LOOPBACK.check(host, "ipv6");
    default:
      return host.toLowerCase() === "localhost";
  }
}
