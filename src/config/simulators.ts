import type { z } from "zod";
import { readBy } from "../settings/kinds";

/** The HTTP status that each simulator which fails answers every call with, by its provider's name in the variables. */
export type FailingSimulators = ReadonlyMap<string, number>;

/** What a simulator that is down answers. */
const DOWN = 503;

/** Simulators with commas between them, each down or, after a colon, answering one status: `NAME,NAME:402`. */
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
