import { PROVIDER_NAMES } from "../domain/provider";
import { loadConfiguration } from "../wiring/configuration";
import { openLedger } from "../wiring/open-ledger";
import type { Command } from "./command";
import { TENANT } from "./ledger.command";
import { UsageError } from "./usage-error";

const AMOUNT = /^\d{1,9}(\.\d{1,6})?$/;

export const ledgerSettleCommand: Command = {
  name: "ledger settle",
  summary: "settles by hand a call whose outcome is unknown",
  about:
    "Books what the provider's invoice says of a call whose outcome is unknown; tributary ledger unsettled lists them. It counts on\n" +
    "the day on which the call began, and its reservation no longer counts against the budget. The server may run.",
  options: {
    credits: { value: "N", isRequired: true, help: "what the call cost, from 0" },
    tenant: TENANT,
  },
  operands: ["CALL"],
  run: async (given, { env, print }) => {
    const [id = ""] = given.operands;
    const text = given.option("credits") ?? "";
    if (!AMOUNT.test(text)) {
      throw new UsageError(
        `tributary ledger settle: --credits takes a number from 0, and ${JSON.stringify(text)} is none`,
      );
    }
    const { tenant, ledger, close } = await openLedger(loadConfiguration(".env", env).config, given.option("tenant"));
    try {
      const call = await ledger.settleByHand(tenant, id, Number(text));
      if (!call) {
        throw new UsageError(
          `there is no unsettled call ${JSON.stringify(id)} of the tenant ${tenant}. See tributary ledger unsettled`,
        );
      }
      const name = PROVIDER_NAMES[call.provider];
      print(`the call of ${name} at ${call.startedAt.toISOString()} is settled with ${String(Number(text))} credits`);
      return 0;
    } finally {
      await close();
    }
  },
};
