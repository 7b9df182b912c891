import { describe, expect, it } from "@jest/globals";
import { pino } from "pino";
import { Registry } from "prom-client";
import type { TenantId } from "../../src/domain/tenant-id";
import { SpendingWatch } from "../../src/wiring/spending-watch";
import { ACME_TENANT, OTHER_TENANT } from "../support/tenants";

interface Warning {
  readonly tenant: string;
  readonly provider: string;
  readonly msg: string;
}

let now: Date;
let warnings: string[];
let committed: number;

function watchOver(budgetOf: (tenant: TenantId) => number | null): SpendingWatch {
  now = new Date("2026-11-20T10:00:00Z");
  warnings = [];
  committed = 0;
  const write = (line: string) => {
    const { tenant, provider, msg } = JSON.parse(line) as Warning;
    warnings.push(`${tenant} ${provider}: ${msg}`);
  };
  return new SpendingWatch({
    log: pino({ level: "warn" }, { write }),
    registry: new Registry(),
    ledger: { committed: () => Promise.resolve(committed) },
    budgetOf,
    now: () => now,
  });
}

/** Tells of a charge, and waits until it was compared. */
async function charge(watch: SpendingWatch, tenant: TenantId, total: number): Promise<void> {
  committed = total;
  watch.charged(tenant, "LUSHA", 1);
  await new Promise(setImmediate);
}

const PART = "LUSHA: 80 % of the month's credit budget for Lusha are used";
const WHOLE = "LUSHA: 100 % of the month's credit budget for Lusha are used";

describe("SpendingWatch", () => {
  it("tells of the parts of a budget once a month, of each tenant", async () => {
    const watch = watchOver(() => 10);
    for (const total of [7, 8, 9]) await charge(watch, ACME_TENANT, total);
    expect(warnings).toEqual([`acme ${PART}`]);
    await charge(watch, OTHER_TENANT, 8);
    expect(warnings).toEqual([`acme ${PART}`, `other ${PART}`]);
    for (const total of [10, 11]) await charge(watch, ACME_TENANT, total);
    await charge(watch, OTHER_TENANT, 10);
    expect(warnings.slice(2)).toEqual([`acme ${WHOLE}`, `other ${WHOLE}`]);
    now = new Date("2026-12-01T00:00:00Z");
    await charge(watch, ACME_TENANT, 8);
    expect(warnings.slice(4)).toEqual([`acme ${PART}`]);
  });

  it("tells of the first call that a tenant's budget does not suffice for, of each tenant", () => {
    const watch = watchOver(() => 0);
    for (const tenant of [ACME_TENANT, ACME_TENANT, OTHER_TENANT]) watch.refused(tenant, "LUSHA");
    const said = "LUSHA: the month's credit budget for Lusha does not suffice for another call, so none is made";
    expect(warnings).toEqual([`acme ${said}`, `other ${said}`]);
  });

  it("has nothing to tell of a tenant without a budget", async () => {
    const watch = watchOver((tenant) => (tenant === ACME_TENANT ? null : 10));
    await charge(watch, ACME_TENANT, 1_000);
    expect(warnings).toEqual([]);
  });
});
