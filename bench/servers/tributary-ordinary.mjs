import "reflect-metadata";
import { fromDist } from "../from-dist.mjs";

// dist/main.js, but that graphql-js runs everything.

const { loadConfiguration } = fromDist("wiring/configuration");
const { createLog } = fromDist("server/log");
const { startTributary } = fromDist("tributary");

const config = loadConfiguration();
const { url } = await startTributary(config, { log: createLog(config.logLevel), ownExecutor: false });
process.stdout.write(`${JSON.stringify({ url })}\n`);
