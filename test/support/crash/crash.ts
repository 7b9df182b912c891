import { rmSync } from "node:fs";
import { expect } from "@jest/globals";
import { openDatabase, type Database } from "../../../src/store/open-database";
import { openPostgres } from "../../../src/store/open-postgres";
import { execute, query } from "../database";
import { temporaryFolder } from "../server-process";
import { startTestApp } from "../test-app";
import { newPostgresUrl } from "../test-database";
import { environmentOf, readPage, send, type ChargingSimulator, type CrashCase, type ReadPage } from "./crash-case";
import { startCutProxy, type CutProxy } from "./cut-proxy";
import { NEVER, newVictim, type KillPoint, type Victim } from "./victim";

/** A crash: at a write of the server, or after so many bytes of a provider's answer. */
export type Crash =
  { readonly kind: "write"; readonly point: KillPoint } | { readonly kind: "bytes"; readonly bytes: number };

/** What one page needs: its writes, and the bytes of the provider's answer. */
export interface PageWork {
  readonly writes: readonly string[];
  readonly bytes: number;
}

/** Longer than any call takes: what has no outcome by then was lost. */
const LATER_MS = 3_600_000;
/** How many pages are read after a crash. */
const PAGES = 3;

const isPostgres = (): boolean => globalThis.DATABASE === "postgres";

/** The next victim loads while the last one is looked into. */
let waiting: Victim | null = null;

function takeVictim(): Victim {
  const victim = waiting ?? newVictim();
  waiting = newVictim();
  return victim;
}

/** Ends the victim that waits. */
export async function endVictims(): Promise<void> {
  waiting?.kill();
  await waiting?.ended;
  waiting = null;
}

interface Run {
  readonly crashCase: CrashCase;
  readonly simulator: ChargingSimulator;
  readonly proxy: CutProxy;
  readonly databaseUrl: string;
  readonly victim: Victim;
  readonly url: string;
  readonly first: ReadPage;
}

/** Starts a server, reads the first page, and has `work` do the rest. */
async function withServer<T>(crashCase: CrashCase, work: (run: Run) => Promise<T>): Promise<T> {
  const folder = temporaryFolder();
  const simulator = await crashCase.start();
  const proxy = await startCutProxy(simulator.url);
  const databaseUrl = isPostgres() ? await newPostgresUrl() : `file:${folder.path}/tributary.db`;
  const victim = takeVictim();
  try {
    const url = await victim.start({
      PORT: "0",
      SANDBOX: "off",
      PLAYGROUND: "off",
      DATABASE_URL: databaseUrl,
      ...environmentOf(crashCase.provider, proxy.url),
    });
    if (crashCase.before !== null) await send(url, crashCase.before);
    const first = await readPage(url, crashCase, null);
    if (!first) throw new Error("the server died before it was to");
    return await work({ crashCase, simulator, proxy, databaseUrl, victim, url, first });
  } finally {
    victim.kill();
    await victim.ended;
    await proxy.close();
    await simulator.close();
    rmSync(folder.path, { recursive: true, force: true });
  }
}

/** Finds out where a server can be killed while it makes a page. */
export function workOf(crashCase: CrashCase): Promise<PageWork> {
  return withServer(crashCase, async ({ victim, proxy, url, first }) => {
    await victim.arm(NEVER);
    proxy.count();
    await readPage(url, crashCase, first.endCursor);
    return { writes: await victim.writes(), bytes: proxy.passed() };
  });
}

/**
 * Kills a server while it makes the second page, and checks what is left.
 *
 * @returns whether it was killed before it answered: the number of writes is not the same each time.
 */
export function crashAt(crashCase: CrashCase, crash: Crash): Promise<boolean> {
  return withServer(crashCase, async (run) => {
    const { victim, proxy, url, first } = run;
    if (crash.kind === "write") await victim.arm(crash.point);
    else proxy.cutAfter(crash.bytes, () => void killOnceRead(victim));
    const second = await readPage(url, crashCase, first.endCursor);
    if (second !== null) victim.kill();
    await victim.ended;
    if (isPostgres()) await endLeases(run.databaseUrl);
    await checkRecord(run, second);
    return second === null;
  });
}

/** Kills a server once it has read what was sent to it: it has by its second reply, as it reads all connections in turn. */
async function killOnceRead(victim: Victim): Promise<void> {
  await victim.writes();
  await victim.writes();
  victim.kill();
}

/** A fresh server reads the list from its beginning, and beyond its end. */
async function checkRecord({ crashCase, simulator, databaseUrl, first }: Run, second: ReadPage | null): Promise<void> {
  const app = await startTestApp({
    providers: [],
    databaseUrl,
    env: environmentOf(crashCase.provider, simulator.url),
    now: () => new Date(Date.now() + LATER_MS),
    losesAnswers: true,
  });
  try {
    const pages: ReadPage[] = [];
    for (let nth = 0; nth < PAGES; nth++) {
      const page = await readPage(app.url, crashCase, pages.at(-1)?.endCursor ?? null);
      if (page) pages.push(page);
    }
    const ids = pages.flatMap((page) => page.ids);
    const served = [...first.ids, ...(second?.ids ?? [])];
    expect(ids.slice(0, served.length)).toEqual(served);
    expect([new Set(ids).size, ids.length]).toEqual([crashCase.rows * PAGES, crashCase.rows * PAGES]);
    expect(await readPage(app.url, crashCase, first.endCursor)).toEqual(pages[1]);
  } finally {
    await app.stop();
  }
  await withDatabase(databaseUrl, (database) => checkLedger(database, crashCase, simulator));
}

interface CallRow {
  readonly outcome: string | null;
  readonly credits: number;
  readonly reserved: number;
  readonly isSettled: number;
}

/** Every charge of the simulator is settled, or covered by a reservation that stays. */
async function checkLedger(
  database: Database,
  { isSafe, provider }: CrashCase,
  simulator: ChargingSimulator,
): Promise<void> {
  const rows = (await query(
    database,
    `select outcome, credits, reserved_credits as reserved, settled_at is not null as "isSettled"
     from provider_call where operation = 'extend'`,
  )) as unknown as readonly CallRow[];
  const settled = rows.reduce((sum, { credits }) => sum + credits, 0);
  const unsettled = rows.filter(({ isSettled }) => !isSettled).reduce((sum, { reserved }) => sum + reserved, 0);
  const lost = rows.filter(({ outcome }) => outcome === "PROVIDER_OUTCOME_UNKNOWN");
  const charged = simulator.control.charged();
  expect(rows.filter(({ outcome }) => outcome === null)).toEqual([]);
  expect(lost.length).toBeLessThanOrEqual(1);
  expect(rows.filter(({ outcome }) => outcome !== "OK")).toEqual(lost);
  // Letrics' answers count as charged; that a lost one is free is what its descriptor says.
  const free = provider === "LETRICS" ? lost.length : 0;
  expect(charged).toBeGreaterThanOrEqual(settled);
  expect(charged).toBeLessThanOrEqual(settled + unsettled + free);
  if (isSafe) expect(unsettled).toBe(0);
  const counted = await query(database, "select credits, unsettled from credit_count where day = ''");
  expect(counted).toEqual([{ credits: settled, unsettled: 0 }]);
}

/** The lease of a process that died ends by itself after some seconds. */
function endLeases(databaseUrl: string): Promise<void> {
  return withDatabase(databaseUrl, (database) => execute(database, "update lease set expires_at = 0"));
}

async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = isPostgres() ? await openPostgres({ url, max: 2 }) : await openDatabase(url.replace("file:", ""));
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}
