import cors from "@fastify/cors";
import type { FastifyInstance } from "fastify";

/** Origins of pages that may send requests: all (`"*"`), or those for which it returns `true`. */
export type AllowedOrigins = "*" | ((origin: string) => boolean);

/**
 * Lets browsers send requests of pages on other origins (CORS) to the routes of `app`. Cookies and the like are allowed for
 * listed origins only; the protection against CSRF stays.
 */
export async function allowOrigins(app: FastifyInstance, allowed: AllowedOrigins): Promise<void> {
  await app.register(cors, {
    origin:
      allowed === "*"
        ? "*"
        : (origin, done) => {
            done(null, origin !== undefined && allowed(origin));
          },
    credentials: allowed !== "*",
    methods: ["GET", "POST"],
    exposedHeaders: ["retry-after"],
    strictPreflight: false,
  });
}
