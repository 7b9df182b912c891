import { createHash } from "node:crypto";
import type { ProviderRecord } from "../../src/domain/record";
import type { Provider } from "../../src/domain/provider";
import { NO_TENANT, type TenantId } from "../../src/domain/tenant-id";
import type { CallLedger } from "../../src/feeds/feed/call-ledger.port";
import type { Database } from "../../src/store/open-database";
import { keepRecords, type KeptRecords } from "../../src/store/identity/keep-records";
import { RecentRecords } from "../../src/store/identity/recent-records";
import { statement } from "../../src/store/sql/statement";

/** The rows that a query gives, whatever is in the database. */
export function query(database: Database, text: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return database.read(
    statement<object, Readonly<Record<string, unknown>>>(nameOf("test query", text), {}, () => text),
    NO_TENANT,
    [{}],
  );
}

/** Writes past all stores. */
export async function execute(database: Database, text: string): Promise<void> {
  const wanted = statement<object>(nameOf("test change", text), {}, () => text);
  await database.writing(NO_TENANT, (writer) => writer.change(wanted, [{}]));
}

/** A statement's name is unique, and short. */
function nameOf(kind: string, text: string): string {
  return `${kind} ${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
}

/** Keeps records as a provider's answer brings them, with nothing memoized of earlier ones. */
export function keep(
  database: Database,
  tenant: TenantId,
  records: readonly ProviderRecord[],
  at: Date,
): Promise<KeptRecords> {
  return database.writing(tenant, (writer) => keepRecords(writer, new RecentRecords(), records, at));
}

/** Credits of a provider charged at or after `since`; `null` is since ever. */
export async function spentSince(
  ledger: Pick<CallLedger, "spent">,
  tenant: TenantId,
  provider: Provider,
  since: Date | null,
): Promise<number> {
  const [credits] = await ledger.spent(tenant, [{ provider, since }]);
  return credits ?? 0;
}

/** The database, and the names of the statements that it was given. */
export function watched(database: Database): Database & { readonly statements: string[] } {
  const statements: string[] = [];
  return {
    statements,
    read: (wanted, tenant, given) => {
      if (given.length > 0) statements.push(wanted.name);
      return database.read(wanted, tenant, given);
    },
    writing: (tenant, work) =>
      database.writing(tenant, (writer) =>
        work({
          tenant,
          epoch: writer.epoch,
          draw: (count) => writer.draw(count),
          tellForgotten: () => writer.tellForgotten(),
          replaces: (replaced) => writer.replaces(replaced),
          rows: (wanted, given) => {
            if (given.length > 0) statements.push(wanted.name);
            return writer.rows(wanted, given);
          },
          change: (wanted, given) => {
            if (given.length > 0) statements.push(wanted.name);
            return writer.change(wanted, given);
          },
        }),
      ),
    destroy: () => database.destroy(),
  };
}
