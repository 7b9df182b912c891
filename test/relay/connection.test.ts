import { describe, expect, it, jest } from "@jest/globals";
import { toConnection, toEdges, type Connection } from "../../src/relay/connection";

const surroundings = { hasPreviousPage: true, hasNextPage: false, totalCount: 4 };

describe("toConnection", () => {
  it("gives each node its edge, made once", () => {
    const edgesOf = jest.fn(() => toEdges(["C", "D"], ["c", "d"]));
    const page = toConnection(["C", "D"], edgesOf, surroundings);
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
    expect(edgesOf).toHaveBeenCalledTimes(1);
  });

  it("makes no edges where no cursor is asked for", () => {
    const edgesOf = jest.fn(() => toEdges(["C"], ["c"]));
    const { nodes, pageInfo, totalCount } = toConnection(["C"], edgesOf, surroundings);
    expect([nodes, pageInfo.hasNextPage, totalCount]).toEqual([["C"], false, 4]);
    expect(edgesOf).not.toHaveBeenCalled();
  });

  it.each([
    ["edges", (page: Connection<string>) => page.edges],
    ["startCursor", (page: Connection<string>) => page.pageInfo.startCursor],
    ["endCursor", (page: Connection<string>) => page.pageInfo.endCursor],
  ])("makes edges once for %s, however often it is read", (_, read) => {
    const edgesOf = jest.fn(() => toEdges(["C", "D"], ["c", "d"]));
    const page = toConnection(["C", "D"], edgesOf, surroundings);
    expect(edgesOf).not.toHaveBeenCalled();
    expect(read(page)).toBe(read(page));
    expect(edgesOf).toHaveBeenCalledTimes(1);
  });

  it("has no cursors on an empty page, and makes no edges", () => {
    const edgesOf = jest.fn(() => []);
    const page = toConnection([], edgesOf, { ...surroundings, totalCount: null });
    expect([page.edges, page.pageInfo.startCursor, page.pageInfo.endCursor, page.totalCount]).toEqual([
      [],
      null,
      null,
      null,
    ]);
    expect(edgesOf).not.toHaveBeenCalled();
  });
});
