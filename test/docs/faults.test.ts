import { expect, it } from "@jest/globals";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROVIDER_NAMES, PROVIDERS } from "../../src/domain/provider";
import { CASE_TABLE, type CaseRow } from "../e2e/case-table";
import { FAULT_TABLE, SPOILT_TABLE, type FaultOutcome } from "../e2e/fault-table";

const FILE = join(__dirname, "../../docs/faults.md");

const INTRODUCTION = `# What happens when a provider call fails

Made by \`npm run docs:faults\` of \`test/e2e/fault-table.ts\`, which \`test/e2e/faults.test.ts\` runs against every provider's
simulator: for a new list, and for the next page of a list.

A failure does not affect the other fields of the operation. Recorded rows are served, and the failure is in \`issues\`. If no row
can be served, the field is null and the failure is in \`errors\`. The next request calls the provider again.

"Calls" are the calls that arrive at the provider for one request, retries included. "Credits" are the credits that the ledger
has for them. If the cost of a lost or unreadable answer is unknown, the call stays \`unsettled\`: its reservation counts against the
month's budget, and against nothing else.

Rows are read one by one. A row that cannot be read is left out, and the page says so in \`issues\`. The other rows are recorded and
served, and the ledger has the cost of the answer in any case.
`;

const CASES = `## Cases

Made of \`test/e2e/case-table.ts\`, which \`test/e2e/cases.test.ts\` runs. The calls are named by the ends of their paths.
`;

/** Columns as wide as prettier makes them. */
function table(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [line(head), rule, ...rows.slice(1).map(line)].join("\n");
}

function calls({ calls: begun, callsGoingOn = begun }: FaultOutcome): string {
  return begun === callsGoingOn ? String(begun) : `${String(begun)}, next page ${String(callsGoingOn)}`;
}

function written(): string {
  const head = ["fault", "code", "retryable", "retryAfter", "calls", "credits"];
  const sections = PROVIDERS.map((provider) => {
    const rows = FAULT_TABLE.map(({ name, retryAfter, outcomes }) => {
      const outcome = outcomes[provider];
      return [
        name,
        `\`${outcome.code}\``,
        outcome.retryable ? "yes" : "no",
        retryAfter === null ? "–" : "in 60 s",
        calls(outcome),
        outcome.unsettled ? "unsettled" : String(outcome.credits),
      ];
    });
    const spoilt = SPOILT_TABLE.map(({ name, message, outcomes }) => {
      const { calls, credits, rows } = outcomes[provider];
      const issue = message === null ? "–" : "`PROVIDER_BAD_RESPONSE`";
      return [name, issue, String(rows), String(calls), String(credits)];
    });
    return [
      `## ${PROVIDER_NAMES[provider]}\n`,
      `${table([head, ...rows])}\n`,
      "Answers that are not as documented, and are served:\n",
      `${table([["answer", "issue", "rows", "calls", "credits"], ...spoilt])}\n`,
    ].join("\n");
  });
  return [INTRODUCTION, ...sections, cases()].join("\n");
}

/** Whoever does something, and what comes of it. */
function cases(): string {
  const rows = CASE_TABLE.map((row) => [
    `${row.provider === null ? "A client" : PROVIDER_NAMES[row.provider]} ${row.name}`,
    row.code === null ? "–" : `\`${row.code}\``,
    callsOfCase(row),
    row.outcome,
  ]);
  return `${CASES}\n${table([["what happens", "code", "calls", "what comes of it"], ...rows])}\n`;
}

function callsOfCase({ calls }: CaseRow): string {
  return calls.length === 0 ? "none" : calls.join(", ");
}

it("docs/faults.md is what `npm run docs:faults` makes of the table", () => {
  if (process.env["WRITE_DOCS"] === "1") writeFileSync(FILE, written());
  expect(readFileSync(FILE, "utf8")).toBe(written());
});
