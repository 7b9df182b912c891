/**
 * What the page knows of its key: the server has asked for none yet, needs one, has refused the one that was sent, or one is
 * sent with every request.
 */
export type KeyState = "not-asked" | "needed" | "refused" | "in-use";

/** Sends a request, as `fetch` does. */
export type Send = (url: Parameters<typeof fetch>[0], init?: RequestInit) => Promise<Response>;

/** The characters that a key or a token can have; the form's own check. */
export const KEY_PATTERN = "[\\x21-\\x7e]+";

/** The API key or token of the page. Only this object holds it, so it is gone when the page is closed or loaded again. */
export class PageKey {
  #key = "";
  #state: KeyState = "not-asked";
  readonly #listeners = new Set<() => void>();

  constructor(private readonly send: Send = (url, init) => fetch(url, init)) {}

  /** Sends a request with the key, unless the request brings credentials of its own; to be used for every request of the page. */
  readonly fetch: Send = async (url, init = {}) => {
    const key = this.#key;
    const headers = new Headers(init.headers);
    const isOwn = headers.has("authorization") || headers.has("x-api-key");
    if (key !== "" && !isOwn) headers.set("authorization", `Bearer ${key}`);
    const response = await this.send(url, { ...init, headers });
    if (!isOwn && key === this.#key) this.#answered(response.status);
    return response;
  };

  /** Takes another key; an empty one forgets the key. Listeners then send their requests again. */
  readonly use = (key: string): void => {
    this.#key = key.trim();
    this.#turn(this.#key === "" ? "needed" : "in-use");
  };

  readonly state = (): KeyState => this.#state;

  /** @returns what ends the subscription. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Without a key, 429 means too many requests without one: its address has failed too often. */
  #answered(status: number): void {
    if (status === 401) this.#turn(this.#key === "" ? "needed" : "refused");
    else if (status === 429 && this.#key === "") this.#turn("needed");
  }

  #turn(state: KeyState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** The key of this page. */
export const pageKey = new PageKey();
