import type { FastifyInstance } from "fastify";
import { sendRefusal } from "./refusal";

/** Whether requests may name a host, given without port and brackets, in lower case. */
export type IsAllowedHost = (name: string) => boolean;

const HOST = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::\d*)?$/i;

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
  app.addHook("onRequest", async (request, reply) => {
    const name = hostNameOf(request.headers.host);
    if (name === null || !isAllowed(name)) await sendRefusal(reply, REFUSAL);
  });
}

/** `null` where the header is missing or no host. */
function hostNameOf(host: string | undefined): string | null {
  const [, address, name] = HOST.exec(host ?? "") ?? [];
  return (address ?? name)?.toLowerCase() ?? null;
}
