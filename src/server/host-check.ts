import type { FastifyInstance } from "fastify";
import { LRUCache } from "lru-cache";
import { sendHttpError } from "./http-error";

/** Whether `Host` may have this name (without port and brackets, in lower case). */
export type IsAllowedHost = (name: string) => boolean;

const HOST = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::\d*)?$/i;

/** A server has few names: up to this number of accepted `Host` values are remembered, unless they are longer than names are. */
const MAX_ACCEPTED = 100;
const MAX_ACCEPTED_LENGTH = 300;

const ERROR = {
  status: 421,
  code: "BAD_REQUEST",
  message:
    "This server does not accept the name in the Host header of this request. It accepts loopback names such as localhost, " +
    "and the names in ALLOWED_HOSTS.",
};

/**
 * Rejects requests whose `Host` is another name. A page of another site can let its own name point to a loopback address (DNS
 * rebinding); for the browser, its requests then go to that site.
 */
export function refuseOtherHosts(app: FastifyInstance, isAllowed: IsAllowedHost): void {
  const accepted = new LRUCache<string, true>({ max: MAX_ACCEPTED }); // never wrong: the allowed names stay while the server runs
  app.addHook("onRequest", ({ headers: { host = "" } }, reply, done) => {
    if (!accepted.has(host)) {
      const name = hostNameOf(host);
      if (name === null || !isAllowed(name)) return void sendHttpError(reply, ERROR);
      if (host.length <= MAX_ACCEPTED_LENGTH) accepted.set(host, true);
    }
    done();
  });
}

/** The name in the header; `null` where it is missing or invalid. */
function hostNameOf(host: string): string | null {
  const [, address, name] = HOST.exec(host) ?? [];
  return (address ?? name)?.toLowerCase() ?? null;
}
