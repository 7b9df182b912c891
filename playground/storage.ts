/** What GraphiQL keeps its state in; of the browser's storage, what it takes. */
interface GraphiqlStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  clear(): void;
  readonly length: number;
}

interface BrowserStorage extends GraphiqlStorage {
  key(index: number): string | null;
}

const namespace = "graphiql:";

/** Where GraphiQL keeps operations with the headers they were sent with, as JSON. */
const keysWithHeaders: readonly string[] = ["tabState", "queries", "favorites"].map((name) => namespace + name);

/**
 * GraphiQL's part of `storage`, which never gets a request's headers: they hold keys and login tokens, and GraphiQL would
 * keep them with every operation in its history.
 */
export function withoutHeaders(storage: BrowserStorage): GraphiqlStorage {
  const keys = (): readonly string[] =>
    Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "").filter((key) =>
      key.startsWith(namespace),
    );
  return {
    getItem: (key) => storage.getItem(key),
    setItem: (key, value) => {
      if (key === `${namespace}headers`) return;
      storage.setItem(key, keysWithHeaders.includes(key) ? cleaned(value) : value);
    },
    removeItem: (key) => storage.removeItem(key),
    clear: () => keys().forEach((key) => storage.removeItem(key)),
    get length() {
      return keys().length;
    },
  };
}

function cleaned(json: string): string {
  return JSON.stringify(JSON.parse(json, (key, value: unknown) => (key === "headers" ? null : value)));
}
