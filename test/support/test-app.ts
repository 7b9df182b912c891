import { expect } from "@jest/globals";
import { print, type DocumentNode } from "graphql";
import pino from "pino";
import { readConfiguration, readTenants } from "../../src/wiring/configuration";
import type { Provider } from "../../src/domain/provider";
import { startLetricsSimulator, type LetricsSimulator } from "../../src/sandbox/letrics/letrics-simulator";
import type { LetricsOptions } from "../../src/sandbox/letrics/letrics-options";
import { startLinkUpSimulator, type LinkUpSimulator } from "../../src/sandbox/linkup/linkup-simulator";
import type { LinkUpOptions } from "../../src/sandbox/linkup/linkup-options";
import { startLushaSimulator, type LushaSimulator } from "../../src/sandbox/lusha/lusha-simulator";
import type { LushaOptions } from "../../src/sandbox/lusha/lusha-options";
import type { Fault } from "../../src/sandbox/simulator/faults";
import type { Sandbox } from "../../src/sandbox/sandbox";
import type { SurfeOptions } from "../../src/sandbox/surfe/surfe-options";
import { startSurfeSimulator, type SurfeSimulator } from "../../src/sandbox/surfe/surfe-simulator";
import type { CreditsReport } from "../../src/server/credits";
import { startTributary, type Tributary } from "../../src/tributary";
import { newPostgresUrl } from "./test-database";

declare global {
  var EXECUTOR: "fast" | "ordinary" | undefined;
}

/** A document whose result and variables are known, as codegen writes it. */
export interface TypedDocument<Data, Variables> extends DocumentNode {
  __apiType?: (variables: Variables) => Data;
}

export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
}

export interface Answer<Data> {
  readonly status: number;
  readonly data: Data;
  readonly errors?: readonly GraphError[];
}

interface SentAnswer extends Omit<Answer<unknown>, "status"> {
  readonly extensions?: { readonly credits?: CreditsReport };
}

type Env = Readonly<Record<string, string>>;
type Headers = Readonly<Record<string, string>>;

export interface TestAppOptions {
  /** The providers that are configured, each with a simulator; Surfe alone unless told. */
  readonly providers?: readonly Provider[];
  readonly surfe?: SurfeOptions;
  readonly lusha?: LushaOptions;
  readonly linkup?: LinkUpOptions;
  readonly letrics?: LetricsOptions;
  /** Variables over those that a test app sets; an empty one unsets. */
  readonly env?: Env;
  /** A folder's file to keep between restarts; in memory unless told. In the jest project of PostgreSQL it stands for a schema. */
  readonly databasePath?: string;
  /** The database that is used, whatever the jest project. */
  readonly databaseUrl?: string;
  readonly playgroundDirectory?: string;
  readonly explorerDirectory?: string;
  /** Answers where `env` turns the sandbox on; whoever started it ends it. */
  readonly sandbox?: Sandbox;
  readonly now?: () => Date;
  /** What runs the queries; that of the jest project unless told. */
  readonly executor?: "own" | "graphql-js";
  /** How long is waited for the database's lock; as long as ever unless told. */
  readonly lockWaitMs?: number;
  /**
   * Clients go away, send requests by other ways than this app, or the ledger is swept: the credits of its answers are not
   * compared with the ledger at the end.
   */
  readonly losesAnswers?: boolean;
  /** Simulators charge in several months, or for other apps: their charges are not compared with the ledger at the end. */
  readonly losesCharges?: boolean;
  /** Takes every log line; none are written unless told. */
  readonly log?: (line: string) => void;
}

/** A whole server on loopback, in front of simulators; all of them end with `stop`. Reading one that was not asked for throws. */
export interface TestApp {
  readonly url: string;
  readonly surfe: SurfeSimulator;
  readonly lusha: LushaSimulator;
  readonly linkup: LinkUpSimulator;
  readonly letrics: LetricsSimulator;
  query<Data, Variables extends object>(
    document: TypedDocument<Data, Variables>,
    variables?: Variables,
    headers?: Headers,
  ): Promise<Answer<Data>>;
  /** `extensions.credits` of the answers since the last call; answers are returned without them. */
  takeReports(): readonly CreditsReport[];
  /** Any text, any body. */
  send(text: string, variables?: object, headers?: Headers): Promise<Answer<unknown>>;
  /** The answer of `/graphql/estimate`. */
  estimate(
    text: string,
    variables?: object,
    headers?: Headers,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Stops the server and starts it again over the same database and simulators; `env` is set over what it had. */
  restart(env?: Env): Promise<void>;
  /** Has the tenants file read again, as on SIGHUP. */
  reloadTenants(): void;
  stop(): Promise<void>;
}

/** The method and path of every call that Surfe got, with its window where it was a fetch. */
export function callsOf(surfe: SurfeSimulator): readonly string[] {
  return surfe.control.calls().map(({ path, body }) => {
    const { pagination } = body as { readonly pagination?: { readonly from: number; readonly to: number } };
    const name = path.replace("/v2/recommendations/", "");
    return pagination ? `${name} ${String(pagination.from)}-${String(pagination.to)}` : name;
  });
}

/** Simulators by their providers; only those that were asked for. */
interface Simulators {
  readonly SURFE: SurfeSimulator | null;
  readonly LUSHA: LushaSimulator | null;
  readonly LINKUP: LinkUpSimulator | null;
  readonly LETRICS: LetricsSimulator | null;
}

export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const simulators = await startSimulators(options);
  let env: Env = { DATABASE_URL: await databaseUrlOf(options), ...options.env };
  let tributary = await start(options, env, simulators);
  const reports: CreditsReport[] = [];
  let spent = 0;
  let hasLostLedger = false;
  const send = async (body: string, headers: Headers = {}): Promise<Answer<unknown>> => {
    const response = await post(tributary.url, body, headers);
    const { extensions, ...answer } = (await response.json()) as SentAnswer;
    const { credits, ...others } = extensions ?? {};
    if (credits) reports.push(credits);
    spent += credits?.spent ?? 0;
    return { status: response.status, ...answer, ...(Object.keys(others).length > 0 ? { extensions: others } : {}) };
  };
  return {
    get surfe() {
      return askedFor(simulators.SURFE, "SURFE");
    },
    get lusha() {
      return askedFor(simulators.LUSHA, "LUSHA");
    },
    get linkup() {
      return askedFor(simulators.LINKUP, "LINKUP");
    },
    get letrics() {
      return askedFor(simulators.LETRICS, "LETRICS");
    },
    get url() {
      return tributary.url;
    },
    takeReports: () => reports.splice(0),
    query: <Data, Variables extends object>(
      document: TypedDocument<Data, Variables>,
      variables?: Variables,
      headers?: Headers,
    ) => send(JSON.stringify({ query: print(document), variables }), headers) as Promise<Answer<Data>>,
    send: (text, variables, headers) => send(JSON.stringify({ query: text, variables }), headers),
    estimate: async (query, variables, headers) => {
      const response = await post(`${tributary.url}/estimate`, JSON.stringify({ query, variables }), headers);
      return { status: response.status, body: await response.json() };
    },
    reloadTenants: () => tributary.reloadTenants(),
    restart: async (changed = {}) => {
      await tributary.stop();
      env = { ...env, ...changed };
      if (env["DATABASE_URL"] === "file::memory:") [spent, hasLostLedger] = [0, true];
      tributary = await start(options, env, simulators);
    },
    stop: async () => {
      const booked = await bookedCredits(tributary.url);
      await tributary.stop();
      await Promise.all(Object.values(simulators).map(async (simulator: Simulators[Provider]) => simulator?.close()));
      if (booked === null) return;
      if (!options.losesAnswers) expect({ spent }).toEqual({ spent: sumOf(booked) });
      if (!options.losesCharges && !hasLostLedger) expect(unexplained(booked, simulators, options.env)).toEqual([]);
    },
  };
}

function post(url: string, body: string, headers: Headers = {}): Promise<Response> {
  return fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
}

/** What the ledger has of a provider. */
interface Booked {
  readonly provider: Provider;
  readonly credits: number;
  /** Reservations of calls whose cost is unknown. */
  readonly unsettled: number;
}

/** The credits in the ledger; `null` where the server does not say them without credentials, or no more. */
async function bookedCredits(url: string): Promise<readonly Booked[] | null> {
  const query = "{ spending(by: [PROVIDER]) { provider credits unsettled } }";
  const response = await post(url, JSON.stringify({ query })).catch(() => null);
  if (response?.status !== 200) return null;
  const { data } = (await response.json()) as { readonly data?: { readonly spending: readonly Booked[] } };
  return data?.spending ?? null;
}

function sumOf(booked: readonly Booked[]): number {
  return booked.reduce((sum, { credits }) => sum + credits, 0);
}

/** Where the simulators charged what the ledger does not have, as credits or as a reservation of a call of unknown cost. */
function unexplained(booked: readonly Booked[], simulators: Simulators, env: Env = {}): readonly object[] {
  if (env["SANDBOX"] === "on") return []; // its own simulators answered
  return Object.values(simulators).flatMap((simulator: Simulators[Provider], i) => {
    const provider = Object.keys(simulators)[i];
    const { credits, unsettled } = booked.find((one) => one.provider === provider) ?? { credits: 0, unsettled: 0 };
    // The simulator of another app answered, or answers were lost.
    if (!simulator || spoiled.has(simulator) || env[`${String(provider)}_BASE_URL`] !== undefined) return [];
    const charged = simulator.control.charged();
    return charged < credits || charged > credits + unsettled ? [{ provider, charged, credits, unsettled }] : [];
  });
}

async function startSimulators(options: TestAppOptions): Promise<Simulators> {
  const { providers = ["SURFE"], now } = options;
  const clock = now ? { now: () => now().getTime() } : {};
  const asked = <S extends NonNullable<Simulators[Provider]>>(
    provider: Provider,
    starting: () => Promise<S>,
  ): Promise<S | null> => (providers.includes(provider) ? starting().then(noting) : Promise.resolve(null));
  const [SURFE, LUSHA, LINKUP, LETRICS] = await Promise.all([
    asked("SURFE", () => startSurfeSimulator({ rateLimit: null, ...clock, ...options.surfe })),
    asked("LUSHA", () => startLushaSimulator({ rateWindows: {}, ...clock, ...options.lusha })),
    asked("LINKUP", () => startLinkUpSimulator({ callsPerMinute: null, ...clock, ...options.linkup })),
    asked("LETRICS", () => startLetricsSimulator({ ...clock, ...options.letrics })),
  ]);
  return { SURFE, LUSHA, LINKUP, LETRICS };
}

/** Simulators that were told to fail: they charge for answers that are lost or replaced. */
const spoiled = new WeakSet<object>();

/** The simulator, with a note of whether it was told to fail. */
function noting<S extends NonNullable<Simulators[Provider]>>(simulator: S): S {
  const control = {
    ...simulator.control,
    failNext: (...faults: readonly Fault[]) => {
      spoiled.add(noted);
      simulator.control.failNext(...faults);
    },
    failAlways: (fault: Fault | null) => {
      spoiled.add(noted);
      simulator.control.failAlways(fault);
    },
  };
  const noted = { ...simulator, control };
  return noted;
}

function askedFor<S>(simulator: S | null, provider: Provider): S {
  if (simulator === null) throw new Error(`start the test app with ${provider} among its providers`);
  return simulator;
}

/** What configures one provider for a test: its simulator, and no limit of ours in the way. */
function settingsOf(provider: Provider, simulators: Simulators): Env {
  const simulator = simulators[provider];
  if (!simulator) return {};
  return {
    [`${provider}_API_KEY`]: "sandbox",
    [`${provider}_BASE_URL`]: simulator.url,
    [`${provider}_RATE_PER_SECOND`]: "10000",
    [`${provider}_BURST`]: "10000",
    ...(provider === "LINKUP" ? { LINKUP_LOGIN_TOKEN: "sandbox" } : {}),
  };
}

/** The addresses that stand for files, in the jest project of PostgreSQL. */
const schemas = new Map<string, string>();

async function databaseUrlOf({ databaseUrl, databasePath }: TestAppOptions): Promise<string> {
  if (databaseUrl !== undefined) return databaseUrl;
  if (globalThis.DATABASE !== "postgres") return databasePath === undefined ? "file::memory:" : `file:${databasePath}`;
  const url = (databasePath === undefined ? undefined : schemas.get(databasePath)) ?? (await newPostgresUrl());
  if (databasePath !== undefined) schemas.set(databasePath, url);
  return url;
}

function start(options: TestAppOptions, env: Env, simulators: Simulators): Promise<Tributary> {
  const variables = {
    PORT: "0",
    SANDBOX: "off",
    PLAYGROUND: "off",
    ...settingsOf("SURFE", simulators),
    ...settingsOf("LUSHA", simulators),
    ...settingsOf("LINKUP", simulators),
    ...settingsOf("LETRICS", simulators),
    ...env,
  };
  const config = readConfiguration(variables);
  const log = options.log ? pino({ level: "trace" }, { write: options.log }) : pino({ level: "silent" });
  return startTributary(config, {
    log,
    ...(config.tenants ? { readTenants: () => readTenants(variables) } : {}),
    ownExecutor: options.executor ? options.executor === "own" : globalThis.EXECUTOR !== "ordinary",
    backoffMs: 1,
    ...(options.lockWaitMs === undefined ? {} : { lockWaitMs: options.lockWaitMs }),
    ...(options.playgroundDirectory === undefined ? {} : { playgroundDirectory: options.playgroundDirectory }),
    ...(options.explorerDirectory === undefined ? {} : { explorerDirectory: options.explorerDirectory }),
    ...(options.sandbox === undefined ? {} : { sandbox: options.sandbox }),
    ...(options.now ? { now: options.now } : {}),
  });
}
