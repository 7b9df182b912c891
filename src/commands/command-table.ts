import { backupCommand } from "./backup.command";
import { checkCommand } from "./check.command";
import type { Command } from "./command";
import { exportCommand } from "./export.command";
import { forgetCommand } from "./forget.command";
import { keyCommand } from "./key.command";
import { ledgerCommand } from "./ledger.command";
import { ledgerSettleCommand } from "./ledger-settle.command";
import { ledgerUnsettledCommand } from "./ledger-unsettled.command";
import { startCommand } from "./start.command";

/** All commands, in the order of the help; the first runs where none is named. A new command is one line here. */
export const COMMANDS: readonly [Command, ...Command[]] = [
  startCommand,
  checkCommand,
  keyCommand,
  backupCommand,
  ledgerCommand,
  ledgerUnsettledCommand,
  ledgerSettleCommand,
  forgetCommand,
  exportCommand,
];
