import { InputError } from "../domain/errors";
import { PROVIDERS, type Provider } from "../domain/provider";
import type { TenantId } from "../domain/tenant-id";
import type { SpendingQuery, SpendingReport, SpendingSum } from "../feeds/spending-report.port";
import {
  MAX_SUMS,
  SPENT_IN_TIMES,
  SPENT_ON_DAYS,
  type SpendingRow,
  type SpendingShape,
} from "./ledger/spending-statements";
import type { Database } from "./sql/database";

const DAY_MS = 86_400_000;

/** Sums of the ledger, in SQL: complete days from their sums, the rest of a period from its calls. */
export class SqlSpendingReport implements SpendingReport {
  constructor(private readonly database: Pick<Database, "read">) {}

  async sums(tenant: TenantId, query: SpendingQuery): Promise<readonly SpendingSum[]> {
    const shape = shapeOf(query);
    const { days, times } = partsOf(query);
    const byDay = await this.database.read(
      SPENT_ON_DAYS,
      tenant,
      days.map((part) => ({ ...shape, ...part })),
    );
    const byProvider = times.flatMap((part) => PROVIDERS.map((provider) => ({ ...shape, ...part, provider })));
    const byTime: SpendingRow[] = [];
    for (const spent of SPENT_IN_TIMES) byTime.push(...(await this.database.read(spent, tenant, byProvider)));
    const rows = [...byDay, ...byTime];
    if (rows.length > MAX_SUMS) throw tooManySums();
    return inOrder(added(rows));
  }
}

function tooManySums(): InputError {
  return new InputError(
    `This report has more than ${String(MAX_SUMS)} sums. Choose a shorter period (since, until), or fewer dimensions (by).`,
  );
}

interface Range {
  readonly first: number;
  readonly past: number;
}

/** The complete days (numbers since 1970) of a period, and the times (milliseconds) before and after them. */
function partsOf({ since, until }: SpendingQuery): {
  readonly days: readonly Range[];
  readonly times: readonly Range[];
} {
  const from = since?.getTime() ?? 0;
  const to = until?.getTime() ?? Number.MAX_SAFE_INTEGER;
  const first = Math.ceil(from / DAY_MS);
  const past = Math.floor(to / DAY_MS);
  if (first > past) return { days: [], times: [{ first: from, past: to }] };
  const times = [
    { first: from, past: first * DAY_MS },
    { first: past * DAY_MS, past: to },
  ];
  return { days: [{ first, past }].filter(isNotEmpty), times: times.filter(isNotEmpty) };
}

function isNotEmpty({ first, past }: Range): boolean {
  return first < past;
}

function shapeOf({ by, ofUser }: SpendingQuery): SpendingShape {
  const isAskedFor = (dimension: SpendingQuery["by"][number]): number => (by.includes(dimension) ? 1 : 0);
  return {
    by_provider: isAskedFor("PROVIDER"),
    by_day: isAskedFor("DAY"),
    by_operation: isAskedFor("OPERATION"),
    by_client: isAskedFor("CLIENT"),
    by_user: isAskedFor("USER"),
    is_of_user: ofUser === undefined ? 0 : 1,
    user_name: ofUser ?? "",
  };
}

/** The rows with equal dimensions added up. */
function added(rows: readonly SpendingRow[]): readonly SpendingSum[] {
  const sums = new Map<string, SpendingSum>();
  for (const { provider, day, operation, client, user_name: user, ...row } of rows) {
    const dimensions = { provider, day: day === null ? null : dateOf(day), operation, client, user };
    const key = JSON.stringify(dimensions);
    const { calls, credits, unsettled } = sums.get(key) ?? { calls: 0, credits: 0, unsettled: 0 };
    sums.set(key, {
      ...dimensions,
      calls: calls + row.calls,
      credits: credits + row.credits,
      unsettled: unsettled + row.unsettled,
    });
  }
  return [...sums.values()].filter(({ calls }) => calls > 0);
}

/** A calendar day, `2026-11-20`. */
function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The oldest day first, then by provider and names; what is unknown comes last. */
function inOrder(sums: readonly SpendingSum[]): readonly SpendingSum[] {
  const rank = ({ day, provider, operation, client, user }: SpendingSum): readonly string[] => [
    day ?? "",
    provider === null ? "" : String(placeOf(provider)),
    ...[operation, client, user].map((name) => name ?? "\u{10ffff}"),
  ];
  const compared = (a: readonly string[], b: readonly string[]): number => {
    const at = a.findIndex((text, i) => text !== b[i]);
    return at === -1 ? 0 : (a[at] ?? "") < (b[at] ?? "") ? -1 : 1;
  };
  return [...sums].sort((a, b) => compared(rank(a), rank(b)));
}

function placeOf(provider: Provider): number {
  return PROVIDERS.indexOf(provider);
}
