import { SPENDING_DIMENSIONS, type SpendingDimension } from "../domain/spending-dimension";
import { loadConfiguration } from "../wiring/configuration";
import { openLedger } from "../wiring/open-ledger";
import type { Command, CommandOption, Given } from "./command";
import { FORMATS, formatted, type Column } from "./formatted-rows";
import { UsageError } from "./usage-error";

export const TENANT: CommandOption = { value: "ID", help: "the tenant; needed with a tenants file" };

const NAMES = SPENDING_DIMENSIONS.map((dimension) => dimension.toLowerCase());

export const ledgerCommand: Command = {
  name: "ledger",
  summary: "says what was spent",
  about:
    "Sums up the provider calls that have ended, the oldest day first: calls, credits, and the credits reserved by calls whose\n" +
    "outcome is unknown (unsettled). Agrees with `spending` and `creditsSpent` of the graph. The server may run.",
  options: {
    since: { value: "TIME", help: "from this day (2026-11-01, UTC) or time (2026-11-01T08:00:00Z) on" },
    until: { value: "TIME", help: "before this day or time" },
    by: { value: "LIST", help: `some of ${NAMES.join(",")}, with commas between them; one sum of all unless given` },
    format: { value: "FORMAT", help: `${FORMATS.join(", ")}; ${FORMATS[0]} unless given` },
    tenant: TENANT,
  },
  operands: [],
  run: async (given, { env, print }) => {
    const by = dimensionsIn(given);
    const [since, until] = [timeIn(given, "since"), timeIn(given, "until")];
    if (since && until && since > until)
      throw new UsageError("tributary ledger: --since must not be later than --until");
    const format = formatIn(given);
    const { tenant, report, close } = await openLedger(loadConfiguration(".env", env).config, given.option("tenant"));
    try {
      const sums = await report.sums(tenant, { since, until, by });
      const names = [...by.map((dimension) => dimension.toLowerCase()), "calls", "credits", "unsettled"];
      const columns = names.map((name): Column => ({ name, isNumber: AMOUNTS.has(name) }));
      print(
        formatted(
          format,
          columns,
          sums.map((sum) => ({ ...sum })),
        ),
      );
      return 0;
    } finally {
      await close();
    }
  },
};

const AMOUNTS: ReadonlySet<string> = new Set(["calls", "credits", "unsettled"]);

function dimensionsIn(given: Given): readonly SpendingDimension[] {
  const names =
    given
      .option("by")
      ?.split(",")
      .map((name) => name.trim()) ?? [];
  return [...new Set(names)].map((name) => {
    const dimension = SPENDING_DIMENSIONS.find((one) => one.toLowerCase() === name.toLowerCase());
    if (dimension) return dimension;
    throw new UsageError(
      `tributary ledger: --by takes some of ${NAMES.join(",")}, and ${JSON.stringify(name)} is none`,
    );
  });
}

export function formatIn(given: Given): (typeof FORMATS)[number] {
  const asked = given.option("format") ?? FORMATS[0];
  const format = FORMATS.find((one) => one === asked);
  if (format) return format;
  throw new UsageError(`tributary ledger: --format takes ${FORMATS.join(", ")}, and ${JSON.stringify(asked)} is none`);
}

const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

export function timeIn(given: Given, option: string): Date | null {
  const text = given.option(option);
  if (text === null) return null;
  const time = new Date(TIME.test(text) ? text : NaN);
  const isDay = !Number.isNaN(time.getTime()) && (text.length > 10 || time.toISOString().startsWith(text));
  if (isDay) return time;
  throw new UsageError(
    `tributary ledger: --${option} takes a day (2026-11-01, UTC) or a time (2026-11-01T08:00:00Z), and ${JSON.stringify(text)} is none`,
  );
}
