import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** The file that a built page is opened by. */
export const PAGE = "index.html";

/** A page that vite built: `index.html`, and files that have a hash of their content in their names. */
export interface StaticPage {
  readonly directory: string;
  /** The path it is served under, without a slash at the end. */
  readonly prefix: string;
  readonly contentSecurityPolicy: string;
  /** Whether `reply.sendFile` means a file of this page: at most one page can have it. */
  readonly ownsSendFile: boolean;
}

/** Everything from the page's own origin, but for what `directives` say; no plugins, no frames, no forms that leave the page. */
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

/** Serves the page under its prefix, and the files it loads: the page is asked for again each time, the files are kept. */
export async function registerStaticPage(app: FastifyInstance, page: StaticPage): Promise<void> {
  const headers = {
    "content-security-policy": page.contentSecurityPolicy,
    "x-content-type-options": "nosniff",
  };
  const pageHeaders = { ...headers, "referrer-policy": "no-referrer", "cache-control": "no-cache" };
  const assetHeaders = { ...headers, "cache-control": "public, max-age=31536000, immutable" };
  await app.register(fastifyStatic, {
    root: page.directory,
    prefix: page.prefix,
    index: PAGE,
    redirect: true,
    cacheControl: false,
    decorateReply: page.ownsSendFile,
    setHeaders: (reply, path) => {
      void reply.headers(basename(path) === PAGE ? pageHeaders : assetHeaders);
    },
  });
}
