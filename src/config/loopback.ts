import { BlockList, isIP } from "node:net";

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/**
 * Whether only this machine reaches a server that listens on `host`: 127.0.0.0/8, `::1` however written, or
 * `localhost`. Any other name is taken as not loopback, whatever it resolves to.
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
