import type { z } from "zod";
import { readBy } from "../settings/kinds";

/** The HTTP status that each failing simulator answers, by its provider's name in the variables. */
export type FailingSimulators = ReadonlyMap<string, number>;

/** The status of a simulator that is down. */
const DOWN = 503;

/** Simulators, separated by commas: each down, or, after a colon, with one status for all answers: `NAME,NAME:402`. */
export const failingSimulators: z.ZodType<FailingSimulators> = readBy(
  "takes providers with commas between them, each alone (down) or with a status from 400 to 599: NAME,NAME:402",
  (text) => {
    const parts = text.split(",").map((part) => /^([A-Z]+)(?::([45]\d\d))?$/.exec(part.trim()));
    const statuses = new Map(
      parts.flatMap((part) => (part ? [[part[1] ?? "", Number(part[2] ?? DOWN)] as const] : [])),
    );
    return statuses.size === parts.length ? statuses : undefined;
  },
);
