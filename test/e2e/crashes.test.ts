import { afterAll, describe, expect, it } from "@jest/globals";
import { CRASH_CASES, SHORT_CRASH_CASES, type CrashCase } from "../support/crash/crash-case";
import { crashAt, endVictims, workOf, type Crash, type PageWork } from "../support/crash/crash";

/** `npm run chaos -- crashes` sets it: then a server is killed at every write, and at every 10th byte. */
const isWhole = process.env["CRASHES"] === "all";

const BYTES = 10;
/** Of one provider. */
const WHOLE_MS = 2 * 3_600_000;

afterAll(endVictims);

/** Every place where a server can be killed. */
function allCrashes({ writes, bytes }: PageWork): readonly Crash[] {
  const before = writes.map((_, nth): Crash => ({ kind: "write", point: { at: nth + 1, when: "before" } }));
  const commits = writes.flatMap((text, nth): Crash[] =>
    text === "commit"
      ? [
          ...(globalThis.DATABASE === "postgres"
            ? [{ kind: "write", point: { at: nth + 1, when: "sent" } } as const]
            : []),
          { kind: "write", point: { at: nth + 1, when: "after" } },
        ]
      : [],
  );
  const cuts = Array.from({ length: Math.ceil(bytes / BYTES) }, (_, nth): Crash => ({
    kind: "bytes",
    bytes: 1 + nth * BYTES,
  }));
  return [...before, ...commits, ...cuts];
}

/** The commit of the page, by its place among the writes of `workOf`. */
const COMMIT_OF_PAGE = globalThis.DATABASE === "postgres" ? 19 : 17;

/** For each provider a write and a byte, so that together they are all over a page. */
const SOME: readonly (readonly Crash[])[] = [
  [before(4), { kind: "bytes", bytes: 4_000 }],
  [before(9), { kind: "bytes", bytes: 1 }],
  [before(14), { kind: "bytes", bytes: 1_500 }],
  [before(COMMIT_OF_PAGE), { kind: "bytes", bytes: 300 }],
];

function before(at: number): Crash {
  return { kind: "write", point: { at, when: "before" } };
}

/** Kills servers one after the other. @returns the crashes that killed one before it answered. */
async function crashEach(crashCase: CrashCase, crashes: readonly Crash[]): Promise<readonly Crash[]> {
  const killing: Crash[] = [];
  for (const crash of crashes) {
    const wasKilled = await crashAt(crashCase, crash).catch((error: unknown) => {
      throw new Error(`killed at ${JSON.stringify(crash)}: ${String(error)}`, { cause: error });
    });
    if (wasKilled) killing.push(crash);
  }
  return killing;
}

/** Says where servers were killed. */
function report({ provider }: CrashCase, { writes, bytes }: PageWork, killing: readonly Crash[]): void {
  const atWrites = killing.filter(({ kind }) => kind === "write").length;
  process.stderr.write(
    `${globalThis.DATABASE ?? "sqlite"} ${provider}: ${String(atWrites)} kills at ${String(writes.length)} writes, ` +
      `${String(killing.length - atWrites)} kills in an answer of ${String(bytes)} bytes\n`,
  );
}

const cases = CRASH_CASES.map((one, nth) => [one.provider, one, SOME[nth] ?? []] as const);
const shortCases = SHORT_CRASH_CASES.map((one) => [one.provider, one] as const);

describe("a server that is killed while it makes a page", () => {
  const outcome = "has lost nothing that it served, repeats nothing, accounts for every charge, and goes on: %s";

  if (isWhole) {
    it.each(shortCases)(
      outcome,
      async (_, crashCase) => {
        const work = await workOf(crashCase);
        const crashes = allCrashes(work);
        const killing = await crashEach(crashCase, crashes);
        report(crashCase, work, killing);
        expect(crashes.filter((crash) => !killing.includes(crash)).filter(({ kind }) => kind === "bytes")).toEqual([]);
      },
      WHOLE_MS,
    );
  } else {
    it.each(cases)(outcome, async (_, crashCase, crashes) => {
      expect(await crashEach(crashCase, crashes)).toEqual(crashes);
    });
  }
});
