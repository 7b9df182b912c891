import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { prefersHtml } from "./accept";
import { namesOperation } from "./persisted/requested-operation";

const page = "index.html";

// Monaco writes style elements and attributes as it draws; its fonts and images stand in the style sheets as data URLs.
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const pageHeaders = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
};

// every other file has a hash of its content in its name
const assetHeaders = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "cache-control": "public, max-age=31536000, immutable",
};

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
  if (!existsSync(join(directory, page))) {
    throw new Error(`there is no playground in ${directory}: run npm run build, or set PLAYGROUND=off`);
  }
  await app.register(fastifyStatic, {
    root: directory,
    prefix: "/playground",
    index: page,
    redirect: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      void reply.headers(basename(path) === page ? pageHeaders : assetHeaders);
    },
  });
}

/** Answers with the playground's page; needs `registerPlayground`. */
export function sendPlayground(reply: FastifyReply): FastifyReply {
  return reply.header("vary", "Accept").sendFile(page);
}

/** Whether this is a browser that opens the page: a GET without an operation that would rather have HTML than JSON. */
export function wantsPlayground(request: FastifyRequest): boolean {
  return request.method === "GET" && !namesOperation(request) && prefersHtml(request.headers.accept);
}
