import { beforeEach, describe, expect, it } from "@jest/globals";
import type { TenantId } from "../../../src/domain/tenant-id";
import { OperationCalls } from "../../../src/feeds/feed/caller";
import { ProfileOptionsReader, type RecordedOptions } from "../../../src/feeds/profiles/profile-options";
import { ACME_TENANT, OTHER_TENANT } from "../../support/tenants";

const NOW = new Date("2026-11-20T10:00:00Z");

const optionsOf = (industry: string) => ({ industries: [industry], departments: [], seniorities: [], regions: [] });

let kept: Map<TenantId, RecordedOptions>;
let asked: string[];
let writesOfOthers: number;
let reader: ProfileOptionsReader;

beforeEach(() => {
  [kept, asked, writesOfOthers] = [new Map<TenantId, RecordedOptions>(), [], 0];
  const none = () => Promise.resolve();
  reader = new ProfileOptionsReader({
    store: {
      optionsOf: (tenant) => Promise.resolve(kept.get(tenant) ?? null),
      keepOptions: (tenant, recorded) => Promise.resolve(void kept.set(tenant, recorded)),
    },
    ledger: {
      begin: ({ tenant }) => (asked.push(tenant), Promise.resolve(null)),
      fail: none,
      succeed: none,
      forget: none,
    },
    keeper: { provider: "SURFE", options: () => Promise.resolve(optionsOf(`industry ${String(asked.length)}`)) },
    now: () => NOW,
    writesOfOthers: () => writesOfOthers,
  });
});

function read(tenant: TenantId) {
  return reader.read(tenant, { signal: new AbortController().signal, calls: new OperationCalls({ calls: 1 }) });
}

describe("ProfileOptionsReader", () => {
  it("asks for each tenant, and tells it what was told to it alone", async () => {
    const both = async () => [await read(ACME_TENANT), await read(OTHER_TENANT)];
    const told = [optionsOf("industry 1"), optionsOf("industry 2")];
    expect([await both(), await both(), asked]).toEqual([told, told, ["acme", "other"]]);
    expect([kept.get(ACME_TENANT), kept.get(OTHER_TENANT)]).toEqual(told.map((options) => ({ options, at: NOW })));
  });

  it("tells what another process has recorded, from its write on", async () => {
    await read(ACME_TENANT);
    kept.set(ACME_TENANT, { options: optionsOf("of another process"), at: NOW });
    expect(await read(ACME_TENANT)).toEqual(optionsOf("industry 1")); // from memory
    writesOfOthers += 1;
    expect(await read(ACME_TENANT)).toEqual(optionsOf("of another process"));
    expect(asked).toEqual(["acme"]);
  });
});
