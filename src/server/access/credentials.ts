import type { FastifyRequest } from "fastify";

/** The credentials of a request: a key or a token (`Authorization`), or a key (`x-api-key`). */
export type Credentials = { readonly kind: "bearer" | "key"; readonly text: string };

const BEARER = /^bearer +([\x21-\x7e]+) *$/i;

/** `null` where the request has none, or an `Authorization` of another scheme. */
export function credentialsIn({ headers }: Pick<FastifyRequest, "headers">): Credentials | null {
  const key = headers["x-api-key"];
  if (typeof key === "string" && key !== "") return { kind: "key", text: key };
  const [, bearer] = BEARER.exec(headers.authorization ?? "") ?? [];
  return bearer === undefined ? null : { kind: "bearer", text: bearer };
}
