import { describe, expect, it } from "@jest/globals";
import type { TenantId } from "../../../src/domain/tenant-id";
import { OperationCalls } from "../../../src/feeds/feed/caller";
import { ProfileOptionsReader, type RecordedOptions } from "../../../src/feeds/profiles/profile-options";
import { ACME_TENANT, OTHER_TENANT } from "../../support/tenants";

const NOW = new Date("2026-11-20T10:00:00Z");

const optionsOf = (industry: string) => ({ industries: [industry], departments: [], seniorities: [], regions: [] });

describe("ProfileOptionsReader", () => {
  it("asks for each tenant, and tells it what was told to it alone", async () => {
    const kept = new Map<TenantId, RecordedOptions>();
    const asked: string[] = [];
    const none = () => Promise.resolve();
    const reader = new ProfileOptionsReader({
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
    });
    const read = (tenant: TenantId) =>
      reader.read(tenant, {
        signal: new AbortController().signal,
        calls: new OperationCalls({ calls: 1 }),
      });
    const both = async () => [await read(ACME_TENANT), await read(OTHER_TENANT)];
    const told = [optionsOf("industry 1"), optionsOf("industry 2")];
    expect([await both(), await both(), asked]).toEqual([told, told, ["acme", "other"]]);
    expect([kept.get(ACME_TENANT), kept.get(OTHER_TENANT)]).toEqual(told.map((options) => ({ options, at: NOW })));
  });
});
