import { isForgottenKey, type EntityKey } from "../../domain/entity-key";
import type { TenantId } from "../../domain/tenant-id";
import { toConnection, toEdges, type Connection } from "../../relay/connection";
import { listIdOf, refuseCursor, type CursorSealer } from "../../relay/cursor";
import type { PageRequest } from "../../relay/page-args";
import { windowByMarks, type MarkedList, type PlacedRequest } from "../../relay/window";

/** A list that is derived from records. It is complete, and grows only when more is recorded. */
export interface Roster<Member> extends MarkedList<Member> {
  /** Names of the list, current one first: cursors made under any of them are valid for it. */
  readonly names: readonly string[];
}

/** A page of a roster: its members, and a function that makes a connection of their nodes. */
export interface RosterPage<Member> {
  readonly members: readonly Member[];
  /** @param nodes one for each member, in their order; `null` where it has no record any more: it is left out. */
  connect<Node>(nodes: readonly (Node | null)[]): Connection<Node>;
}

/** In a list with the newest first, cursors hold this number minus the mark, so that they grow along the list. */
const NEWEST = 2 ** 47;

/** The people of a company, oldest record first. */
export function peopleRoster<Member extends { readonly mark: number }>(
  keys: readonly EntityKey[],
  members: readonly Member[],
): Roster<Member> {
  return { names: keys.map((key) => `people of ${key}`), members, markOf: ({ mark }) => mark };
}

/** The recommendations of a subject, newest first. `members` are oldest first. */
export function recommendationsRoster<Member extends { readonly mark: number }>(
  keys: readonly EntityKey[],
  members: readonly Member[],
): Roster<Member> {
  return {
    names: keys.map((key) => `recommendations of ${key}`),
    members: [...members].reverse(),
    markOf: ({ mark }) => NEWEST - mark,
  };
}

/**
 * The contacts of a recommendation. The list grows only at its end, when another provider recommends the same subject. Forgotten
 * people are left out; the places of the others stay.
 */
export function contactsRoster(recommendation: string, contacts: readonly EntityKey[]): Roster<number> {
  return {
    names: [`contacts of ${recommendation}`],
    members: contacts.flatMap((key, i) => (isForgottenKey(key) ? [] : [i])),
    markOf: (index) => index,
  };
}

/** The page of a roster that `request` asks for. @throws {InputError} `CURSOR_INVALID` for a cursor of another list. */
export function rosterPage<Member>(
  sealer: CursorSealer,
  tenant: TenantId,
  roster: Roster<Member>,
  request: PageRequest,
): RosterPage<Member> {
  const placed = placeIn(sealer, tenant, roster.names, request);
  const { from, to } = windowByMarks(roster, placed);
  const members = roster.members.slice(from, to);
  return {
    members,
    connect: (nodes) => {
      const found = nodes.filter((node) => node !== null);
      const seal = (): readonly string[] => {
        const placed = members.filter((_, i) => nodes[i] !== null);
        return sealer.forList(tenant, listIdOf(roster.names[0] ?? "")).seal(placed.map(roster.markOf));
      };
      return toConnection(found, () => toEdges(found, seal()), {
        hasPreviousPage: from > 0,
        hasNextPage: to < roster.members.length,
        totalCount: roster.members.length,
      });
    },
  };
}

/** The request with its cursors opened. @throws {InputError} `CURSOR_INVALID` for a cursor of another list. */
export function placeIn(
  sealer: CursorSealer,
  tenant: TenantId,
  names: readonly string[],
  request: PageRequest,
): PlacedRequest {
  const place = (cursor: string | null): number | null => {
    if (cursor === null) return null;
    const { listId, position } = sealer.open(tenant, cursor);
    return names.some((name) => listIdOf(name) === listId) ? position : refuseCursor();
  };
  return {
    direction: request.direction,
    count: request.count,
    after: place(request.after),
    before: place(request.before),
  };
}
