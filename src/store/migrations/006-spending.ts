import { sql, type Kysely } from "kysely";

const STATEMENTS = [
  `alter table provider_call add column operation_name text`,
  `alter table provider_call add column client text`,
  `alter table provider_call add column client_version text`,
  `alter table provider_call add column caller text`,
  `alter table provider_call add column user_name text`,
  `create table spending (
     tenant text not null, day integer not null, provider text not null, operation text not null, client text not null,
     user_name text not null, calls double precision not null, credits double precision not null,
     unsettled double precision not null, primary key (tenant, day, provider, operation, client, user_name))`,
  `insert into spending (tenant, day, provider, operation, client, user_name, calls, credits, unsettled)
   select tenant, coalesce(settled_at, started_at) / 86400000, provider, '', '', '', count(*), sum(credits),
     sum(case when settled_at is null then reserved_credits else 0 end)
   from provider_call where settled_at is not null or outcome is not null
   group by tenant, coalesce(settled_at, started_at) / 86400000, provider`,
];

/**
 * Provider calls get the operation, client and user that they were made for, and their sums by calendar day (UTC; days since
 * 1970) get a table. Of earlier calls that is unknown.
 */
export async function addSpending(db: Kysely<unknown>): Promise<void> {
  for (const text of STATEMENTS) await sql.raw(text).execute(db);
}
