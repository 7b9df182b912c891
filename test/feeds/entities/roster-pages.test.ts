import { describe, expect, it } from "@jest/globals";
import { entityKey } from "../../../src/domain/entity-key";
import { InputError } from "../../../src/domain/errors";
import {
  contactsRoster,
  peopleRoster,
  recommendationsRoster,
  rosterPage,
  type Roster,
} from "../../../src/feeds/entities/roster-pages";
import { CursorSealer } from "../../../src/relay/cursor";
import { toPageRequest, type PageArgs } from "../../../src/relay/page-args";
import { ACME_TENANT, OTHER_TENANT } from "../../support/tenants";

interface Member {
  readonly mark: number;
}

const sealer = new CursorSealer([Buffer.alloc(32, 1)]);
const DOMAIN = entityKey("Company", "domain", "acme.com");
const LINKEDIN = entityKey("Company", "linkedin", "acme");

function marks(...all: readonly number[]): readonly Member[] {
  return all.map((mark) => ({ mark }));
}

function page<M>(roster: Roster<M>, args: PageArgs, tenant = ACME_TENANT) {
  const made = rosterPage(sealer, tenant, roster, toPageRequest(args));
  const { pageInfo, totalCount, edges } = made.connect(made.members);
  return {
    members: made.members,
    before: pageInfo.hasPreviousPage,
    after: pageInfo.hasNextPage,
    totalCount,
    cursors: edges.map(({ cursor }) => cursor),
  };
}

describe("rosterPage", () => {
  it("pages both ways, exactly", () => {
    const roster = peopleRoster([DOMAIN], marks(1, 3, 7));
    const all = page(roster, {});
    expect(all).toEqual({
      members: marks(1, 3, 7),
      before: false,
      after: false,
      totalCount: 3,
      cursors: [expect.any(String), expect.any(String), expect.any(String)],
    });
    const [one = null, three = null, seven = null] = all.cursors;
    const pages = [
      page(roster, { first: 1, after: one }),
      page(roster, { first: 5, after: seven }),
      page(roster, { last: 1 }),
      page(roster, { last: 1, before: three }),
      page(roster, { first: 0, after: one }),
    ];
    expect(pages).toEqual([
      { members: marks(3), before: true, after: true, totalCount: 3, cursors: [three] },
      { members: [], before: true, after: false, totalCount: 3, cursors: [] },
      { members: marks(7), before: true, after: false, totalCount: 3, cursors: [seven] },
      { members: marks(1), before: false, after: true, totalCount: 3, cursors: [one] },
      { members: [], before: true, after: true, totalCount: 3, cursors: [] },
    ]);
  });

  it("keeps a cursor's place while the list grows", () => {
    const [, three = null] = page(peopleRoster([DOMAIN], marks(1, 3)), {}).cursors;
    expect(page(peopleRoster([DOMAIN], marks(1, 3, 7, 9)), { after: three }).members).toEqual(marks(7, 9));
  });

  it("refuses cursors of another list or tenant", () => {
    const [cursor = null] = page(peopleRoster([DOMAIN], marks(1)), {}).cursors;
    expect(() => page(recommendationsRoster([DOMAIN], marks(1)), { after: cursor })).toThrow(InputError);
    expect(() => page(peopleRoster([DOMAIN], marks(1)), { before: cursor }, OTHER_TENANT)).toThrow(InputError);
  });

  it("takes no cursors for a list without a name", () => {
    const nameless = { names: [], members: [0], markOf: () => 0 };
    const { members, cursors } = page(nameless, {});
    expect(members).toEqual([0]);
    expect(() => page(nameless, { after: cursors[0] ?? null })).toThrow(InputError);
  });
});

describe("peopleRoster", () => {
  it("takes cursors made before two companies became one", () => {
    const [, old = null] = page(peopleRoster([LINKEDIN], marks(1, 3)), {}).cursors;
    const joined = peopleRoster([DOMAIN, LINKEDIN], marks(1, 2, 3, 4));
    expect(page(joined, { after: old }).members).toEqual(marks(4));
    const [fresh = null] = page(joined, {}).cursors;
    expect(page(peopleRoster([DOMAIN], marks(1, 2)), { after: fresh }).members).toEqual(marks(2));
  });
});

describe("recommendationsRoster", () => {
  it("shows the newest first, and keeps a cursor's place while newer ones come", () => {
    const roster = recommendationsRoster([DOMAIN], marks(2, 5, 9));
    const { members, cursors } = page(roster, { first: 2 });
    expect(members).toEqual(marks(9, 5));
    const grown = recommendationsRoster([DOMAIN], marks(2, 5, 9, 12));
    expect(page(grown, { after: cursors[1] ?? null }).members).toEqual(marks(2));
    expect(page(grown, { last: 9, before: cursors[0] ?? null }).members).toEqual(marks(12));
  });
});

describe("contactsRoster", () => {
  it("lists contacts by their places", () => {
    const roster = contactsRoster("1", [DOMAIN, LINKEDIN, DOMAIN]);
    const { cursors, members } = page(roster, { first: 2 });
    expect(members).toEqual([0, 1]);
    expect(page(roster, { after: cursors[1] ?? null }).members).toEqual([2]);
  });
});
