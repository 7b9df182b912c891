/** A PostgreSQL of its own, for a test that restarts it: the parent sends `restart` or `end`, and gets `done`. */
import { startCluster } from "./cluster.mjs";

const cluster = await startCluster(JSON.parse(process.argv[2] ?? "{}"));
process.on("message", async (wanted) => {
  if (wanted === "restart") {
    await cluster.stop();
    await cluster.start();
  } else {
    await cluster.end();
  }
  process.send("done");
});
process.on("disconnect", () => void cluster.end().then(() => process.exit()));
process.send(cluster.url);
