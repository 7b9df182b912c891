import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { FastifyInstance } from "fastify";

/** The HTML file of a built page. */
export const PAGE = "index.html";

/** What the build adds to the names of compressed files. */
const COMPRESSED = /\.(?:br|gz)$/;

/** A page that vite built: `index.html`, and files with a hash of their content in their names. */
export interface StaticPage {
  readonly directory: string;
  /** The path of the page, without a slash at the end. */
  readonly prefix: string;
  readonly contentSecurityPolicy: string;
  /** Whether `reply.sendFile` sends files of this page; only one page can have it. */
  readonly ownsSendFile: boolean;
}

/** A policy that allows the page's own origin, and what `directives` add; no plugins, frames, or forms to other sites. */
export function contentSecurityPolicy(directives: readonly string[] = []): string {
  return [
    "default-src 'self'",
    ...directives,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Whether `directory` holds a built page. */
export function holdsPage(directory: string): boolean {
  return existsSync(join(directory, PAGE));
}

/** Serves the page and its files under its prefix. Browsers check the page each time, and cache the files. */
export async function registerStaticPage(app: FastifyInstance, page: StaticPage): Promise<void> {
  const headers = {
    "content-security-policy": page.contentSecurityPolicy,
    "x-content-type-options": "nosniff",
  };
  const pageHeaders = { ...headers, "referrer-policy": "no-referrer", "cache-control": "no-cache" };
  const assetHeaders = { ...headers, "cache-control": "public, max-age=31536000, immutable" };
  const { default: fastifyStatic } = await import("@fastify/static");
  await app.register(fastifyStatic, {
    root: page.directory,
    prefix: page.prefix,
    index: [PAGE], // a text alone is not looked up among compressed files
    redirect: true,
    cacheControl: false,
    preCompressed: true, // the build writes `.br` and `.gz` beside the files
    decorateReply: page.ownsSendFile,
    setHeaders: (reply, path) => {
      const name = basename(path).replace(COMPRESSED, "");
      void reply.headers(name === PAGE ? pageHeaders : assetHeaders);
    },
  });
}
