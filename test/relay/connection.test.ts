import { describe, expect, it, jest } from "@jest/globals";
import { toConnection, type Connection } from "../../src/relay/connection";

const surroundings = { hasPreviousPage: true, hasNextPage: false, totalCount: 4 };

describe("toConnection", () => {
  it("gives each node its cursor, sealed once", () => {
    const seal = jest.fn(() => ["c", "d"]);
    const page = toConnection(["C", "D"], seal, surroundings);
    const { startCursor, endCursor, hasNextPage, hasPreviousPage } = page.pageInfo;
    expect({ nodes: page.nodes, edges: page.edges, totalCount: page.totalCount }).toEqual({
      nodes: ["C", "D"],
      edges: [
        { node: "C", cursor: "c" },
        { node: "D", cursor: "d" },
      ],
      totalCount: 4,
    });
    expect({ startCursor, endCursor, hasNextPage, hasPreviousPage }).toEqual({
      startCursor: "c",
      endCursor: "d",
      hasNextPage: false,
      hasPreviousPage: true,
    });
    expect(seal).toHaveBeenCalledTimes(1);
  });

  it("seals nothing where no cursor is asked for", () => {
    const seal = jest.fn(() => ["c"]);
    const { nodes, pageInfo, totalCount } = toConnection(["C"], seal, surroundings);
    expect([nodes, pageInfo.hasNextPage, totalCount]).toEqual([["C"], false, 4]);
    expect(seal).not.toHaveBeenCalled();
  });

  it.each([
    ["edges", (page: Connection<string>) => page.edges],
    ["startCursor", (page: Connection<string>) => page.pageInfo.startCursor],
    ["endCursor", (page: Connection<string>) => page.pageInfo.endCursor],
  ])("seals once for %s, however often it is read", (_, read) => {
    const seal = jest.fn(() => ["c", "d"]);
    const page = toConnection(["C", "D"], seal, surroundings);
    expect(seal).not.toHaveBeenCalled();
    expect(read(page)).toBe(read(page));
    expect(seal).toHaveBeenCalledTimes(1);
  });

  it("has no cursor where none was sealed", () => {
    const page = toConnection(["C"], () => [], surroundings);
    expect([page.edges, page.pageInfo.startCursor, page.pageInfo.endCursor]).toEqual([
      [{ node: "C", cursor: "" }],
      null,
      null,
    ]);
  });

  it("has no cursors on an empty page, and seals nothing", () => {
    const seal = jest.fn(() => []);
    const page = toConnection([], seal, { ...surroundings, totalCount: null });
    expect([page.edges, page.pageInfo.startCursor, page.pageInfo.endCursor, page.totalCount]).toEqual([
      [],
      null,
      null,
      null,
    ]);
    expect(seal).not.toHaveBeenCalled();
  });
});
