import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { StartError } from "../domain/start-error";
import { prefersHtml } from "./accept";
import { namesOperation } from "./persisted/requested-operation";
import { contentSecurityPolicy, holdsPage, PAGE, registerStaticPage } from "./static-page";

// Monaco creates style elements and attributes; its fonts and images are data URLs in the style sheets.
const policy = contentSecurityPolicy([
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
]);

/** The folder of the playground that `npm run build` made. */
export interface PlaygroundOptions {
  readonly directory: string;
}

/**
 * Serves the playground under `/playground/`: the page, and its scripts, styles and workers.
 *
 * @throws {StartError} `directory` has no built playground.
 */
export async function registerPlayground(app: FastifyInstance, { directory }: PlaygroundOptions): Promise<void> {
  checkPlayground(directory);
  await registerStaticPage(app, {
    directory,
    prefix: "/playground",
    contentSecurityPolicy: policy,
    ownsSendFile: true,
  });
}

/** @throws {StartError} `directory` has no built playground. */
export function checkPlayground(directory: string): void {
  if (holdsPage(directory)) return;
  throw new StartError(`there is no playground in ${directory}: run npm run build, or set PLAYGROUND=off`);
}

/** Sends the page of the playground; needs `registerPlayground`. */
export function sendPlayground(reply: FastifyReply): FastifyReply {
  const others = reply.getHeader("vary"); // of the origins that may read the answer
  return reply.header("vary", others === undefined ? "Accept" : `${String(others)}, Accept`).sendFile(PAGE);
}

/** Whether a browser opens the page: a GET without an operation that prefers HTML to JSON. */
export function wantsPlayground(request: FastifyRequest): boolean {
  return request.method === "GET" && !namesOperation(request) && prefersHtml(request.headers.accept);
}
