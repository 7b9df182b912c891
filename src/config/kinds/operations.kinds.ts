import { z } from "zod";
import { type PersistedOperation, readPersistedOperations } from "../persisted-operations";
import type { Variable } from "../variable";

/** The path of a file of registered operations, read at once; `null` where it is unset. An issue never tells the path. */
export const operationsFile: Variable<readonly PersistedOperation[] | null> = z
  .string()
  .optional()
  .transform((path, context) => {
    if (path === undefined) return null;
    const read = readPersistedOperations(path);
    if (read.kind === "operations") return read.operations;
    context.addIssue({ code: "custom", message: read.problem });
    return z.NEVER;
  });
