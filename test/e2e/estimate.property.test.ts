import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { PROVIDERS, type Provider } from "../../src/domain/provider";
import type { CreditsReport } from "../../src/server/credits";
import { anySpendingOperation, textOf, type SpendingOperation } from "../support/spending-operations";
import { startTestApp, type TestApp } from "../support/test-app";

// Whatever is asked, and whatever is recorded: an operation that runs right after its estimate makes no more calls and costs no more.

const SEQUENCES = 6;
const OPERATIONS = 12;

const SAVE = `mutation ($user: String, $companies: ICPCompanyCriteriaInput, $examples: [CompanyReferenceInput!]) {
  upsertICP(input: { externalUserId: $user, companies: $companies, exampleCompanies: $examples }) { userErrors { message } }
}`;

interface Estimated {
  readonly calls: number;
  readonly credits: number;
  readonly providers: readonly { readonly provider: Provider; readonly calls: number; readonly credits: number }[];
}

let app: TestApp;

async function start(env: Readonly<Record<string, string>>): Promise<void> {
  const paging = env["LINKUP_PAGING"] === "pages" ? "pages" : "totals";
  const now = (): Date => new Date("2026-11-20T08:00:00.000Z");
  app = await startTestApp({ providers: PROVIDERS, now, linkup: { paging }, env });
  const companies = { industries: ["Software"], primaryLocations: ["FR"] };
  await app.send(SAVE, { user: "u1", companies, examples: [{ lushaCompanyId: "6504" }] });
  await app.send(SAVE, { user: "u2", companies: {} });
  await app.send(SAVE, { user: "u3", companies: { ...companies, employeeCount: { from: 11, to: 500 } } });
}

/** Estimates an operation, runs it, and expects that its report stays within the estimate. */
async function compare(operation: SpendingOperation, cursors: Map<string, string>): Promise<void> {
  const query = textOf(operation, cursors);
  const headers: Record<string, string> =
    operation.creditsMax === null ? {} : { "x-credits-max": String(operation.creditsMax) };
  const { body } = await app.estimate(query, {}, headers);
  const estimate = body as Estimated | { readonly errors: readonly object[] };
  app.takeReports();
  const { data } = await app.send(query, {}, headers);
  const report = app.takeReports()[0] ?? { spent: 0, providers: [] };
  if ("errors" in estimate) {
    expect(report.spent).toBe(0);
    return;
  }
  expect(passed(report, estimate)).toEqual([]);
  expect(report.spent).toBeLessThanOrEqual(estimate.credits);
  noteCursors(operation, data, cursors);
}

/** Where the report is over the estimate. */
function passed(report: CreditsReport, estimate: Estimated): readonly object[] {
  return report.providers.flatMap(({ provider, calls, spent }) => {
    const planned = estimate.providers.find((one) => one.provider === provider);
    const [mostCalls, mostCredits] = [planned?.calls ?? 0, planned?.credits ?? 0];
    return calls > mostCalls || spent > mostCredits ? [{ provider, calls, spent, mostCalls, mostCredits }] : [];
  });
}

function noteCursors({ lists }: SpendingOperation, data: unknown, cursors: Map<string, string>): void {
  const pages = data as Readonly<Record<string, { readonly pageInfo: { readonly endCursor: string | null } } | null>>;
  lists.forEach(({ field }, i) => {
    const cursor = pages[`l${String(i)}`]?.pageInfo.endCursor;
    if (cursor != null) cursors.set(field, cursor);
  });
}

const anyBudget = fc.constantFrom(
  {},
  {},
  { SURFE_CREDIT_BUDGET: "40", LUSHA_CREDIT_BUDGET: "30" },
  { LINKUP_PAGING: "pages" },
  { MAX_PROVIDER_CALLS: "500" },
  { MAX_PROVIDER_CALLS: "500" },
);

describe("an estimate", () => {
  it("is never passed by the operation that runs right after it", async () => {
    const property = fc.asyncProperty(
      anyBudget,
      fc.array(fc.noShrink(anySpendingOperation), { minLength: OPERATIONS, maxLength: OPERATIONS }),
      async (env, operations) => {
        await start(env);
        const cursors = new Map<string, string>();
        try {
          for (const operation of operations) await compare(operation, cursors);
        } finally {
          await app.stop();
        }
      },
    );
    await fc.assert(property, { numRuns: SEQUENCES, endOnFailure: true });
  }, 900_000);
});
