import { startCluster } from "./cluster.mjs";

/** Starts one PostgreSQL for all test files of a run; its address goes to them by the environment. */
export default async function setup() {
  const cluster = await startCluster();
  process.env.TEST_POSTGRES_URL = cluster.url;
  globalThis.endTestPostgres = cluster.end;
}
