import { expect, it } from "@jest/globals";
import { createPool } from "../../../src/store/sql/postgres-pool";
import { newPostgresUrl } from "../../support/test-database";

/** Which of the connections that are handed over, new or used before, would end the process if PostgreSQL stopped at that moment. */
async function unheardOf(url: string, times: number): Promise<readonly number[]> {
  const pool = createPool({ url, max: 1 });
  const unheard: number[] = [];
  for (let time = 1; time <= times; time += 1) {
    await new Promise<void>((resolve) => {
      pool.connect((_, client, release) => {
        if (client?.listenerCount("error") === 0) unheard.push(time);
        release();
        resolve();
      });
    });
  }
  await pool.end();
  return unheard;
}

it("a connection that PostgreSQL ends while it is handed over does not end the process", async () => {
  expect(await unheardOf(await newPostgresUrl(), 3)).toEqual([]);
});
