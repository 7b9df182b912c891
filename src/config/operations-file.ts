import { readFileSync } from "node:fs";
import { z } from "zod";
import { codeOf } from "./error-code";

/** An operation that was registered by the build of a client. Clients send `id` in place of `text`. */
export interface RegisteredOperation {
  readonly id: string;
  readonly text: string;
}

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

/**
 * The path of a file with registered operations, which is read at once and keeps its order. The file needs at least one
 * operation, and a different id for each. Error messages contain no text of the file, nor its path.
 */
export const operationsFile: z.ZodType<readonly RegisteredOperation[]> = z
  .string()
  .transform(jsonOf)
  .pipe(z.union([Manifest, TextsById], { error: FORMATS }))
  .refine((operations) => operations.length > 0, {
    error: "its file holds no operation; unset, every operation runs",
    abort: true,
  })
  .refine((operations) => new Set(operations.map(({ id }) => id)).size === operations.length, {
    error: "its file holds two operations with the same id",
  });

function jsonOf(path: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
  } catch (error) {
    const code = codeOf(error);
    context.addIssue({ code: "custom", message: code === null ? FORMATS : `its file cannot be read (${code})` });
    return z.NEVER;
  }
}
