import { readFileSync } from "node:fs";
import { z } from "zod";
import { codeOf } from "./error-code";

/** An operation that a client's build registered. `id` is what the client sends in place of `text`. */
export interface PersistedOperation {
  readonly id: string;
  readonly text: string;
}

/** The operations of a file, or what is wrong with it: no word of the file, nor its path, is in that. */
export type ReadOperations =
  | { readonly kind: "operations"; readonly operations: readonly PersistedOperation[] }
  | { readonly kind: "problem"; readonly problem: string };

const MANIFEST = "apollo-persisted-query-manifest";
const FORMATS =
  "takes the path of a JSON file: an object of texts by their ids, as Relay and GraphQL Code Generator write it, or " +
  `an ${MANIFEST} of version 1`;

const Text = z.string().min(1);

/** @see relay-compiler 21, `persistConfig.file`; @graphql-codegen/client-preset 6, `persistedDocuments` */
const TextsById = z.record(Text, Text).transform((map) => Object.entries(map).map(([id, text]) => ({ id, text })));

/** @see https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format */
const Manifest = z
  .object({
    format: z.literal(MANIFEST),
    version: z.literal(1),
    operations: z.array(z.object({ id: Text, body: Text })),
  })
  .transform(({ operations }) => operations.map(({ id, body }) => ({ id, text: body })));

const Operations = z.union([Manifest, TextsById]);

/** Reads a file of registered operations, in their order. There is at least one, and one text for each id. */
export function readPersistedOperations(path: string): ReadOperations {
  const content = contentOf(path);
  if (content.kind === "problem") return content;
  const parsed = Operations.safeParse(content.json);
  if (!parsed.success) return problem(FORMATS);
  const operations = parsed.data;
  if (operations.length === 0) return problem("its file holds no operation; unset, every operation runs");
  if (new Set(operations.map(({ id }) => id)).size < operations.length) {
    return problem("its file holds two operations with the same id");
  }
  return { kind: "operations", operations };
}

type Problem = Extract<ReadOperations, { readonly kind: "problem" }>;

function problem(text: string): Problem {
  return { kind: "problem", problem: text };
}

function contentOf(path: string): Problem | { readonly kind: "json"; readonly json: unknown } {
  try {
    return { kind: "json", json: JSON.parse(readFileSync(path, "utf8").replace(/^\uFEFF/, "")) as unknown };
  } catch (error) {
    const code = codeOf(error);
    return problem(code === null ? FORMATS : `its file cannot be read (${code})`);
  }
}
