import { beforeEach, describe, expect, it } from "@jest/globals";
import { withoutHeaders } from "../../playground/storage";

let items: Map<string, string>;
let storage: ReturnType<typeof withoutHeaders>;

beforeEach(() => {
  items = new Map([["another-page:open", "yes"]]);
  storage = withoutHeaders({
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
    key: (index) => [...items.keys()][index] ?? null,
    get length() {
      return items.size;
    },
  });
});

describe("withoutHeaders", () => {
  it("keeps operations, and not the headers they were sent with", () => {
    const headers = '{ "x-linkup-login-token": "secret" }';
    const sent = { query: "{ headers }", variables: "{}", headers };
    storage.setItem("graphiql:queries", JSON.stringify({ queries: [sent] }));
    storage.setItem("graphiql:favorites", JSON.stringify({ favorites: [{ ...sent, label: "mine" }] }));
    storage.setItem("graphiql:tabState", JSON.stringify({ tabs: [sent], activeTabIndex: 0 }));
    storage.setItem("graphiql:headers", headers);

    expect(Object.fromEntries(items)).toEqual({
      "another-page:open": "yes",
      "graphiql:queries": '{"queries":[{"query":"{ headers }","variables":"{}","headers":null}]}',
      "graphiql:favorites": '{"favorites":[{"query":"{ headers }","variables":"{}","headers":null,"label":"mine"}]}',
      "graphiql:tabState": '{"tabs":[{"query":"{ headers }","variables":"{}","headers":null}],"activeTabIndex":0}',
    });
  });

  it("keeps everything else letter by letter, and gives it back", () => {
    storage.setItem("graphiql:variables", '{ "headers": [1] }');

    expect(storage.getItem("graphiql:variables")).toBe('{ "headers": [1] }');
    expect(storage.getItem("graphiql:theme")).toBeNull();
  });

  it("counts, removes and clears what is GraphiQL's, and leaves other pages' alone", () => {
    for (const key of ["a", "b", "c"]) storage.setItem(`graphiql:${key}`, key);
    expect(storage.length).toBe(3);
    storage.removeItem("graphiql:a");
    expect(storage.length).toBe(2);
    storage.clear();

    expect(storage.length).toBe(0);
    expect([...items.keys()]).toEqual(["another-page:open"]);
  });
});
