import { setTimeout as pause } from "node:timers/promises";
import { MOST_ROWS, readRows, remember, type ChaosList } from "./chaos-lists";
import type { ChaosServer } from "./chaos-servers";
import { FAULTS, type ChaosSimulators } from "./chaos-simulators";

const PER_SECOND = 200;
/** Operations that are later than this are not made up for. */
const LATE_MS = 1_000;
/** Operations under way at most: a machine that is too slow has fewer of them a second. */
const MOST_AT_ONCE = 100;
/** Of all operations, those that read past the end of a list. */
const EXTENDING = 0.25;
/** Of those, the ones that meet a fault. */
const FAULTY = 0.05;
const PAGE = 5;

/** What came of the operations. */
export interface ChaosResult {
  operations: number;
  /** Of the operations, those that brought rows. */
  answered: number;
  readonly codes: Map<string, number>;
}

export interface ChaosLoadOptions {
  readonly lists: readonly ChaosList[];
  readonly servers: readonly ChaosServer[];
  readonly simulators: ChaosSimulators;
  readonly untilMs: number;
  readonly random: () => number;
}

/** Reads and extends the lists on all servers until that time. */
export async function runLoad(options: ChaosLoadOptions): Promise<ChaosResult> {
  const result: ChaosResult = { operations: 0, answered: 0, codes: new Map() };
  const underWay = new Set<Promise<void>>();
  for (
    let dueMs = Date.now();
    dueMs < options.untilMs;
    dueMs = Math.max(dueMs, Date.now() - LATE_MS) + 1_000 / PER_SECOND
  ) {
    if (underWay.size < MOST_AT_ONCE) {
      const operation: Promise<void> = operate(options, result).finally(() => underWay.delete(operation));
      underWay.add(operation);
    }
    await pause(Math.max(0, dueMs - Date.now()));
  }
  await Promise.all(underWay);
  return result;
}

async function operate({ lists, servers, simulators, random }: ChaosLoadOptions, result: ChaosResult): Promise<void> {
  const list = pick(lists, random);
  const live = servers.flatMap(({ url }) => url ?? []);
  if (live.length === 0) return;
  const url = pick(live, random);
  const isExtending = list.ids.length === 0 || (random() < EXTENDING && list.ids.length < MOST_ROWS);
  if (isExtending && random() < FAULTY) failSomeCall(simulators, random);
  const from = isExtending ? list.ids.length : Math.floor(random() * Math.max(1, list.ids.length - PAGE));
  const page = await readRows(
    list,
    url,
    from,
    isExtending ? PAGE : Math.min(PAGE, Math.max(1, list.ids.length - from)),
  );
  result.operations += 1;
  if (page.kind === "rows") {
    result.answered += 1;
    remember(list, from, page.ids, page.cursors);
  } else {
    const codes = page.kind === "failed" ? page.codes : ["unreachable"];
    for (const code of codes) result.codes.set(code, (result.codes.get(code) ?? 0) + 1);
  }
}

/** Which of the providers will be called next is not known: any of them may get the fault. */
function failSomeCall({ byProvider }: ChaosSimulators, random: () => number): void {
  const simulator = pick(Object.values(byProvider), random);
  simulator.control.failNext(pick(FAULTS, random));
}

function pick<T>(all: readonly T[], random: () => number): T {
  const one = all[Math.floor(random() * all.length)];
  if (one === undefined) throw new Error("there is nothing to choose from");
  return one;
}
