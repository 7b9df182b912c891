import * as http from "node:http";
import * as https from "node:https";
import type { Duplex } from "node:stream";
import axios, { AxiosError, isAxiosError, type AxiosInstance, type AxiosResponse } from "axios";
import { HttpProxyAgent, HttpsProxyAgent } from "hpagent";
import type { Answered, Lost, SendOutcome, Unreadable } from "./outcome";
import type { ProviderCall, ProviderHttpOptions } from "./provider-call";
import { SentWatch } from "./sent-watch";

const TIMED_OUT = Symbol("timed out");

/** Idle connections are closed earlier than usual servers do it (5 s and more), so that no request is sent at that moment. */
const IDLE_MS = 4_000;

/** The request of one attempt. */
export type WireRequest = Pick<ProviderCall<unknown>, "method" | "path" | "body" | "query" | "headers" | "onSent">;

/** Sends single attempts over kept connections. It has no retries, accepts every status and follows no redirect. */
export class Sender {
  readonly #axios: AxiosInstance;
  readonly #httpAgent: http.Agent;
  readonly #httpsAgent: https.Agent;
  readonly #timeoutMs: number;

  constructor(options: Pick<ProviderHttpOptions, "baseUrl" | "headers" | "timeoutMs" | "proxy">, maxBodyBytes: number) {
    const { proxy } = options;
    const kept = { keepAlive: true, timeout: IDLE_MS };
    this.#timeoutMs = options.timeoutMs;
    this.#httpAgent = proxy === undefined ? new http.Agent(kept) : new HttpProxyAgent({ ...kept, proxy });
    this.#httpsAgent = proxy === undefined ? new https.Agent(kept) : new HttpsProxyAgent({ ...kept, proxy });
    this.#axios = axios.create({
      adapter: "http",
      baseURL: options.baseUrl,
      allowAbsoluteUrls: false,
      headers: { Accept: "application/json", "User-Agent": "Tributary", ...options.headers },
      httpAgent: this.#httpAgent,
      httpsAgent: this.#httpsAgent,
      proxy: false, // the agents use it; axios would send plain requests to the proxy
      maxRedirects: 0,
      maxContentLength: maxBodyBytes,
      validateStatus: () => true,
      responseType: "text",
      transformRequest: [(body: unknown) => body],
    });
  }

  /**
   * @throws the reason of `signal`, if it aborts before the request is sent; it is ignored later. Throws nothing else.
   */
  async send(request: WireRequest, signal?: AbortSignal): Promise<SendOutcome> {
    signal?.throwIfAborted();
    const startedAt = performance.now();
    const duration = (): { readonly durationMs: number } => ({ durationMs: performance.now() - startedAt });
    const watch = new SentWatch(request.onSent);
    const stop = new AbortController();
    // The timeout of axios ends with the headers: a body that arrives slowly could take any time.
    const timer = setTimeout(() => {
      stop.abort(TIMED_OUT);
    }, this.#timeoutMs);
    const leave = (): void => {
      if (!watch.sent) stop.abort();
    };
    signal?.addEventListener("abort", leave);
    try {
      const response = await this.#axios.request<string>(this.#config(request, watch, stop.signal));
      return { ...answered(response), ...duration() };
    } catch (error) {
      if (stop.signal.reason === TIMED_OUT)
        return { kind: "lost", how: "timeout", sent: watch.sent, code: "ETIMEDOUT", ...duration() };
      if (!watch.sent) signal?.throwIfAborted();
      return { ...failed(error, watch.sent), ...duration() };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", leave);
    }
  }

  /** Closes idle connections. (`Agent.destroy` would also abort running requests.) */
  close(): void {
    for (const agent of [this.#httpAgent, this.#httpsAgent]) {
      for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy();
      agent.on("free", (socket: Duplex) => socket.destroy()); // requests that still run, or have just ended
    }
  }

  #config(request: WireRequest, transport: SentWatch, signal: AbortSignal) {
    const json = request.body === undefined ? {} : { "Content-Type": "application/json" };
    return {
      method: request.method,
      url: request.path,
      headers: { ...json, ...request.headers },
      transport,
      signal,
      ...(request.query ? { params: request.query } : {}),
      ...(request.body === undefined ? {} : { data: JSON.stringify(request.body) }),
    };
  }
}

function answered(response: AxiosResponse<string>): Omit<Answered, "durationMs"> {
  const entries: readonly [string, unknown][] = Object.entries(response.headers);
  const headers = new Map(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
  return { kind: "answered", status: response.status, headers, text: response.data };
}

/** Error codes of the parser and the decompressors: the bytes are no valid answer. */
const GARBLED = /^(HPE_|Z_|ERR__ERROR_)/;

/** @see Node.js 20, `tls`, "X509 certificate error codes"; and the one for a certificate of another host. */
const CERTIFICATE = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|ERR_TLS_CERT_)/;

function failed(error: unknown, sent: boolean): Omit<Lost, "durationMs"> | Omit<Unreadable, "durationMs"> {
  const code = codeOf(error);
  if (GARBLED.test(code)) return { kind: "unreadable", how: "garbled", code };
  if (CERTIFICATE.test(code)) return { kind: "lost", how: "certificate", sent: false, code };
  const arriving = isAxiosError(error) && error.response !== undefined;
  // axios gives a body past `maxContentLength` the code of a cut-off one, but not its response.
  if (code === AxiosError.ERR_BAD_RESPONSE && !arriving) return { kind: "unreadable", how: "too-large", code };
  return { kind: "lost", how: arriving ? "cut-off" : "connection", sent, code };
}

function codeOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "UNKNOWN";
}
