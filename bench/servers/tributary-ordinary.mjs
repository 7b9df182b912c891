import "reflect-metadata";
import { fromDist } from "../from-dist.mjs";

// dist/main.js, but that no query is ever compiled.

const { loadConfiguration } = fromDist("wiring/configuration");
const { createLog } = fromDist("server/log");
const { startTributary } = fromDist("tributary");

const config = loadConfiguration();
const { url } = await startTributary(config, { log: createLog(config.logLevel), compileAfter: Infinity });
process.stdout.write(`${JSON.stringify({ url })}\n`);
