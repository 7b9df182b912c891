import type { FastifyInstance } from "fastify";
import { LRUCache } from "lru-cache";
import { sendRefusal } from "./http-error";

/** Whether requests may name a host, given without port and brackets, in lower case. */
export type IsAllowedHost = (name: string) => boolean;

const HOST = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::\d*)?$/i;

/** A server has few names: so many `Host` values that passed are remembered, if they are not longer than names are. */
const MAX_PASSED = 100;
const MAX_PASSED_LENGTH = 300;

const REFUSAL = {
  status: 421,
  code: "BAD_REQUEST",
  message:
    "This server does not answer under the name in this request's Host. It answers to loopback names such as localhost, " +
    "and to what ALLOWED_HOSTS lists.",
};

/**
 * Answers no request whose `Host` is another name. A page of another site can let its own name point to a loopback
 * address (DNS rebinding), and its requests then look to the browser as if they went to that site.
 */
export function refuseOtherHosts(app: FastifyInstance, isAllowed: IsAllowedHost): void {
  const passed = new LRUCache<string, true>({ max: MAX_PASSED });
  app.addHook("onRequest", ({ headers: { host = "" } }, reply, done) => {
    if (passed.has(host)) {
      done();
      return;
    }
    const name = hostNameOf(host);
    if (name === null || !isAllowed(name)) return void sendRefusal(reply, REFUSAL);
    if (host.length <= MAX_PASSED_LENGTH) passed.set(host, true);
    done();
  });
}

/** `null` where the header is missing or empty, or names no host. */
function hostNameOf(host: string): string | null {
  const [, address, name] = HOST.exec(host) ?? [];
  return (address ?? name)?.toLowerCase() ?? null;
}
