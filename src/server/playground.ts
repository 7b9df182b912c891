import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { prefersHtml } from "./accept";
import { namesOperation } from "./persisted/requested-operation";
import { contentSecurityPolicy, holdsPage, PAGE, registerStaticPage } from "./static-page";

// Monaco writes style elements and attributes as it draws; its fonts and images stand in the style sheets as data URLs.
const policy = contentSecurityPolicy([
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
]);

/** Where the playground that `npm run build` made is found. */
export interface PlaygroundOptions {
  readonly directory: string;
}

/**
 * Serves the playground under `/playground/`: its page, and the scripts, styles and workers that the page loads.
 *
 * @throws {Error} where `directory` holds no built playground.
 */
export async function registerPlayground(app: FastifyInstance, { directory }: PlaygroundOptions): Promise<void> {
  if (!holdsPage(directory)) {
    throw new Error(`there is no playground in ${directory}: run npm run build, or set PLAYGROUND=off`);
  }
  await registerStaticPage(app, {
    directory,
    prefix: "/playground",
    contentSecurityPolicy: policy,
    ownsSendFile: true,
  });
}

/** Answers with the playground's page; needs `registerPlayground`. */
export function sendPlayground(reply: FastifyReply): FastifyReply {
  return reply.header("vary", "Accept").sendFile(PAGE);
}

/** Whether this is a browser that opens the page: a GET without an operation that would rather have HTML than JSON. */
export function wantsPlayground(request: FastifyRequest): boolean {
  return request.method === "GET" && !namesOperation(request) && prefersHtml(request.headers.accept);
}
