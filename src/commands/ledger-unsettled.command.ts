import { loadConfiguration } from "../wiring/configuration";
import { openLedger } from "../wiring/open-ledger";
import type { Command } from "./command";
import { FORMATS, formatted, type Column } from "./formatted-rows";
import { formatIn, TENANT, timeIn } from "./ledger.command";

const COLUMNS: readonly Column[] = [
  { name: "call", isNumber: false },
  { name: "provider", isNumber: false },
  { name: "started", isNumber: false },
  { name: "reserved", isNumber: true },
  { name: "operation", isNumber: false },
  { name: "client", isNumber: false },
  { name: "user", isNumber: false },
];

export const ledgerUnsettledCommand: Command = {
  name: "ledger unsettled",
  summary: "lists the calls whose outcome is unknown",
  about:
    "Lists the calls of which nobody knows what they cost, the oldest first: what the server was answered was lost, or it died.\n" +
    "Budgets count what they reserved. Look them up in the provider's invoice, and settle each with tributary ledger settle.",
  options: {
    since: { value: "TIME", help: "calls that began on this day (2026-11-01, UTC) or time or later" },
    format: { value: "FORMAT", help: `${FORMATS.join(", ")}; ${FORMATS[0]} unless given` },
    tenant: TENANT,
  },
  operands: [],
  run: async (given, { env, print }) => {
    const since = timeIn(given, "since");
    const format = formatIn(given);
    const { tenant, ledger, close } = await openLedger(loadConfiguration(".env", env).config, given.option("tenant"));
    try {
      const rows = (await ledger.unsettled(tenant, since)).map(({ id, startedAt, reservedCredits, ...call }) => ({
        ...call,
        call: id,
        started: startedAt.toISOString(),
        reserved: reservedCredits,
      }));
      print(formatted(format, COLUMNS, rows));
      return 0;
    } finally {
      await close();
    }
  },
};
