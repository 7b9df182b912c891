import "reflect-metadata";
import { fromDist } from "../from-dist.mjs";

// dist/main.js, but that graphql-js runs everything.

const { loadConfiguration } = fromDist("wiring/configuration");
const { createLog } = fromDist("server/log");
const { SECRET_HEADERS } = fromDist("wiring/provider-list");
const { startTributary } = fromDist("tributary");

const { config } = loadConfiguration();
const { url } = await startTributary(config, { log: createLog(config.logLevel, SECRET_HEADERS), ownExecutor: false });
process.stdout.write(`${JSON.stringify({ url })}\n`);
