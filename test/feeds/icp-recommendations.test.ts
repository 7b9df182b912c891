import { describe, expect, it } from "@jest/globals";
import { InputError, NoRowsError } from "../../src/domain/errors";
import type { Icp } from "../../src/domain/profile";
import type { Provider } from "../../src/domain/provider";
import { IcpRecommendations } from "../../src/feeds/icp-recommendations";
import { toRecommendationNode } from "../../src/feeds/recommendation-node";
import { toPageRequest } from "../../src/relay/page-args";
import { FakeSource, NOW } from "../support/fake-feed";
import { ANYBODY } from "../support/surfe-stack";

const icp: Icp = { id: "1", externalUserId: "u1", profile: ANYBODY, createdAt: NOW, updatedAt: NOW };
const page = toPageRequest({});
const source = new FakeSource();

function asking(named: readonly Provider[] | null) {
  const asked: string[] = [];
  const surfe = {
    provider: "SURFE" as const,
    source,
    queryOf: ({ id }: Pick<Icp, "id">) => {
      asked.push(id);
      return `query of ${id}`;
    },
    saveProfile: null,
  };
  const recommendations = new IcpRecommendations([surfe]);
  return { asked, ask: () => recommendations.pageRequest("acme", icp, named, page) };
}

function failuresOf(work: () => unknown): readonly (readonly [Provider, string])[] {
  try {
    work();
    return [];
  } catch (error) {
    if (!(error instanceof NoRowsError)) throw error;
    return error.failures.map(({ provider, code }) => [provider, code] as const);
  }
}

describe("IcpRecommendations.pageRequest", () => {
  it("asks those who can serve, in terms made once for a profile", () => {
    const { ask, asked } = asking(null);
    const request = {
      name: { tenant: "acme", connection: "icp:1", provider: "SURFE", query: "query of 1" },
      source,
      absent: [],
      page,
      toNode: toRecommendationNode,
    };
    expect([ask(), ask()]).toEqual([request, request]);
    expect(asked).toEqual(["1"]);
  });

  it("tells which of those that were named cannot serve", () => {
    const { absent } = asking(["LINKUP", "SURFE", "LUSHA", "LUSHA"]).ask();
    expect(absent.map(({ provider, code }) => [provider, code])).toEqual([
      ["LUSHA", "PROVIDER_NOT_CONFIGURED"],
      ["LINKUP", "PROVIDER_NOT_CONFIGURED"],
    ]);
    expect(asking(["SURFE"]).ask().absent).toEqual([]);
  });

  it("has no rows where none of them can", () => {
    expect(failuresOf(asking(["LETRICS", "LUSHA"]).ask)).toEqual([
      ["LUSHA", "PROVIDER_NOT_CONFIGURED"],
      ["LETRICS", "PROVIDER_NOT_CONFIGURED"],
    ]);
    expect(failuresOf(() => new IcpRecommendations([]).pageRequest("acme", icp, null, page))).toEqual([
      ["SURFE", "PROVIDER_NOT_CONFIGURED"],
    ]);
  });

  it("refuses an empty list", () => {
    expect(asking([]).ask).toThrow(new InputError("`providers` takes at least one of SURFE, LUSHA, LINKUP, LETRICS."));
  });
});
