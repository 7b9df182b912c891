import type { QueryConfig } from "pg";
import type { PostgresRunner } from "./postgres-connection";

/** Runs statements on one connection, each after the one before: `pg` is to take none while another runs. */
export function oneAtATime(connection: PostgresRunner): PostgresRunner {
  let last: Promise<unknown> = Promise.resolve();
  return {
    query<Row extends object>(statement: QueryConfig) {
      const answer = last.then(() => connection.query<Row>(statement));
      last = answer.catch(() => undefined); // whoever asked hears of it
      return answer;
    },
  };
}
