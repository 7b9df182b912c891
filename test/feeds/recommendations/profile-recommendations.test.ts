import { beforeEach, describe, expect, it } from "@jest/globals";
import { InputError, NoRowsError } from "../../../src/domain/errors";
import type { Profile } from "../../../src/domain/profile";
import type { Provider } from "../../../src/domain/provider";
import type { FeedPageRequest } from "../../../src/feeds/pages/feed-page-request";
import { unconfiguredSource, type FeedSource } from "../../../src/feeds/feed/feed-source.port";
import type { FeedHead, FeedName } from "../../../src/feeds/feed/feed-model";
import type { FeedStore } from "../../../src/feeds/feed/feed-store.port";
import { Feeds } from "../../../src/feeds/feed/feeds";
import { ProfileRecommendations } from "../../../src/feeds/recommendations/profile-recommendations";
import { ItemCache } from "../../../src/feeds/pages/item-cache";
import { mergedQuery } from "../../../src/feeds/profiles/merged-query";
import { MergedSource } from "../../../src/feeds/recommendations/merged-source";
import type { RecommendationNode } from "../../../src/feeds/nodes";
import type { OwnList, ProfileList, Served } from "../../../src/feeds/recommendations/profile-list.port";
import { cannotServe } from "../../../src/feeds/recommendations/profile-plan";
import { providerListReader } from "../../../src/feeds/pages/recommendation-node";
import { toPageRequest } from "../../../src/relay/page-args";
import { extenderOver, FakeLedger, FakeSource, HEAD, NOW } from "../../support/fake-feed";
import { ANYBODY } from "../../support/surfe-stack";
import { ACME_TENANT } from "../../support/tenants";

const profile: Profile = { id: "1", externalUserId: "u1", criteria: ANYBODY, createdAt: NOW, updatedAt: NOW };
const page = toPageRequest({});
const HOUR_MS = 3_600_000;

const surfeSource = new FakeSource(HOUR_MS);
const lushaSource = sourceOf("LUSHA", 20_000);
const letricsSource = sourceOf("LETRICS", 40_000);

let asked: string[];
let writes: number;
let lusha: Served | Promise<Served>;

beforeEach(() => {
  asked = [];
  writes = 1;
  lusha = { kind: "served", name: { ...nameOf("LUSHA"), connection: "similar:1" } };
});

function sourceOf(provider: Provider, maxAgeMs: number): FeedSource {
  return {
    provider,
    unavailable: null,
    maxAgeMs,
    recheckAfterMs: null,
    callsFor: () => 1,
    creditsFor: () => 1,
    grown: (want) => ({ rows: want, state: null, ended: false }),
    extend: () => Promise.reject(new Error("not here")),
  };
}

function nameOf(provider: Provider): FeedName {
  return { tenant: ACME_TENANT, connection: "icp:1", provider, query: `${provider} query` };
}

function surfe(source: FeedSource = surfeSource): OwnList {
  const name = nameOf("SURFE");
  return { kind: "SURFE", provider: "SURFE", source, nameOf: () => name, serve: () => ({ kind: "served", name }) };
}

function letrics(source: FeedSource = letricsSource): ProfileList {
  const name = { ...nameOf("LETRICS"), connection: "recommend:1" };
  return { kind: "LETRICS", provider: "LETRICS", source, serve: () => ({ kind: "served", name }) };
}

function lushaList(): ProfileList {
  const serve = (_: string, { id }: Profile): Served | Promise<Served> => {
    asked.push(id);
    return lusha;
  };
  return { kind: "LUSHA companies", provider: "LUSHA", source: lushaSource, serve };
}

function over(own: OwnList, ...others: readonly ProfileList[]): ProfileRecommendations {
  const store = {} as FeedStore;
  return new ProfileRecommendations({
    feeds: new Feeds(store, extenderOver(new FakeLedger()), () => NOW),
    items: new ItemCache(store),
    store,
    lists: [own, ...others],
    own,
    entities: { writes: () => writes },
    rowReader: providerListReader,
  });
}

type Request = FeedPageRequest<RecommendationNode>;

async function ask(
  recommendations: ProfileRecommendations,
  named: readonly Provider[] | null = null,
): Promise<Request> {
  return recommendations.pageRequest(ACME_TENANT, profile, named, page);
}

function namesOf(failures: readonly { readonly provider: Provider; readonly code: string }[]) {
  return failures.map(({ provider, code }) => `${provider} ${code}`);
}

async function failuresOf(asking: Promise<unknown>): Promise<readonly string[]> {
  try {
    await asking;
    return [];
  } catch (error) {
    if (!(error instanceof NoRowsError)) throw error;
    return namesOf(error.failures);
  }
}

const merged = (lists: readonly string[]) => ({
  tenant: ACME_TENANT,
  connection: "icp:1",
  provider: "MERGED",
  query: mergedQuery(ANYBODY, lists),
});

describe("ProfileRecommendations.pageRequest", () => {
  it("reads the profile's own list as it is where no other serves it", async () => {
    const recommendations = over(surfe());
    const request = await ask(recommendations);
    expect(request).toEqual({
      name: nameOf("SURFE"),
      source: surfeSource,
      absent: [],
      page,
      rowReader: providerListReader,
      sourceOf: expect.any(Function),
      user: "u1",
    });
    expect(await ask(recommendations)).toEqual(request);
    expect(recommendations.pageRequest(ACME_TENANT, profile, null, page)).not.toBeInstanceOf(Promise);
  });

  it("merges all that serve the profile, in the order of their turns, as long-lived as the shortest", async () => {
    const { name, source, absent } = await ask(over(surfe(), lushaList(), letrics()));
    expect([name, absent]).toEqual([merged(["SURFE", "LUSHA companies", "LETRICS"]), []]);
    expect(source).toBeInstanceOf(MergedSource);
    expect([source.maxAgeMs, source.recheckAfterMs, source.unavailable]).toEqual([20_000, HOUR_MS, null]);
  });

  it("merges a single list that is not the profile's own", async () => {
    const { name, source } = await ask(over(surfe(), letrics()), ["LETRICS"]);
    expect(name).toEqual(merged(["LETRICS"]));
    expect(source.recheckAfterMs).toBeNull();
  });

  it("narrows to those that are named, whatever their order", async () => {
    const recommendations = over(surfe(), lushaList(), letrics());
    const one = await ask(recommendations, ["LETRICS", "SURFE", "SURFE"]);
    expect(one.name).toEqual(merged(["SURFE", "LETRICS"]));
    expect((await ask(recommendations, ["SURFE", "LETRICS"])).source).toBe(one.source);
    expect((await ask(recommendations, ["SURFE"])).name).toEqual(nameOf("SURFE"));
  });

  it("leaves out who is not configured or cannot serve, and tells so only where they are named", async () => {
    lusha = { kind: "refused", reason: cannotServe("LUSHA", "knows nobody like that.") };
    const ages = { maxAgeMs: 1, recheckAfterMs: null };
    const recommendations = over(surfe(), lushaList(), letrics(unconfiguredSource("LETRICS", ages)));
    const all = await ask(recommendations);
    expect([all.name, all.absent]).toEqual([nameOf("SURFE"), []]);
    const { absent } = await ask(recommendations, ["LETRICS", "LINKUP", "LUSHA", "SURFE"]);
    expect(absent.map(({ message }) => message)).toEqual([
      "Lusha knows nobody like that.",
      "LinkUp has no recommendations by profile.",
      "Letrics is not configured here: it has no API key.",
    ]);
    expect(namesOf(absent)).toEqual([
      "LUSHA PROVIDER_CANNOT_SERVE",
      "LINKUP PROVIDER_CANNOT_SERVE",
      "LETRICS PROVIDER_NOT_CONFIGURED",
    ]);
  });

  it("has no rows where none of those named can serve", async () => {
    lusha = { kind: "refused", reason: cannotServe("LUSHA", "knows nobody like that.") };
    expect(await failuresOf(ask(over(surfe(), lushaList()), ["LINKUP", "LUSHA"]))).toEqual([
      "LUSHA PROVIDER_CANNOT_SERVE",
      "LINKUP PROVIDER_CANNOT_SERVE",
    ]);
  });

  it("reads what is recorded of the profile's own list where there is no key for it any more", async () => {
    const source = unconfiguredSource("SURFE", { maxAgeMs: 1, recheckAfterMs: null });
    for (const named of [null, ["SURFE"], ["SURFE", "LINKUP"]] as const) {
      expect(await ask(over(surfe(source)), named)).toMatchObject({ name: nameOf("SURFE"), source });
    }
    expect((await ask(over(surfe(source), letrics()))).name).toEqual(merged(["LETRICS"]));
    expect(namesOf((await ask(over(surfe(source), letrics()), ["SURFE", "LETRICS"])).absent)).toEqual([
      "SURFE PROVIDER_NOT_CONFIGURED",
    ]);
  });

  it("asks anew who can serve where that depends on what is recorded, after every write", async () => {
    lusha = Promise.resolve({ kind: "refused", reason: cannotServe("LUSHA", "knows nobody like that.") });
    const recommendations = over(surfe(), lushaList());
    expect((await ask(recommendations)).name).toEqual(nameOf("SURFE"));
    expect(recommendations.pageRequest(ACME_TENANT, profile, null, page)).not.toBeInstanceOf(Promise);
    expect(asked).toEqual(["1"]);
    lusha = Promise.resolve({ kind: "served", name: { ...nameOf("LUSHA"), connection: "similar:1" } });
    writes = 2;
    expect((await ask(recommendations)).name).toEqual(merged(["SURFE", "LUSHA companies"]));
    expect(asked).toEqual(["1", "1"]);
  });

  it("refuses an empty list", () => {
    expect(() => over(surfe()).pageRequest(ACME_TENANT, profile, [], page)).toThrow(
      new InputError("`providers` takes at least one of SURFE, LUSHA, LINKUP, LETRICS."),
    );
  });
});

describe("ProfileRecommendations.pageRequest with a cursor of another list", () => {
  const mergedFeed: FeedHead = { ...HEAD, provider: "MERGED", query: mergedQuery(ANYBODY, ["SURFE", "LETRICS"]) };

  it("goes on with the lists of the cursor's feed, where all of them are wanted", async () => {
    const recommendations = over(surfe(), lushaList(), letrics());
    const all = await ask(recommendations);
    expect(all.sourceOf?.(HEAD)).toBe(surfeSource);
    expect(all.sourceOf?.(mergedFeed)).toMatchObject({ provider: "MERGED", maxAgeMs: 40_000 });
    const three = await ask(recommendations, ["SURFE", "LETRICS", "LUSHA"]);
    expect(three.sourceOf?.(mergedFeed)).toMatchObject({ maxAgeMs: 40_000 });
  });

  it("knows no such cursor where it would bring rows that are not wanted", async () => {
    const recommendations = over(surfe(), lushaList(), letrics());
    expect((await ask(recommendations, ["SURFE"])).sourceOf?.(mergedFeed)).toBeNull();
    expect((await ask(recommendations, ["LETRICS"])).sourceOf?.(HEAD)).toBeNull();
  });
});
