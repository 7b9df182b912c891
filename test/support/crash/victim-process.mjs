/**
 * The built server as a process that kills itself at a write. Its parent tells it over IPC what to do: `start` with its variables,
 * `arm` with the number of a write and whether to die before it, after it, or once it was sent; `count` how many writes there were.
 */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const load = (name) => require(`../../../dist/${name}.js`);

require("reflect-metadata");

const WRITE = /^\s*(begin|commit|savepoint|release|insert|update|delete|with|select\s+pg_notify)/i;

let armed = null;
let texts = [];

function die() {
  process.kill(process.pid, "SIGKILL");
}

/** Counts a write. @returns when to die because of it; `null`: not at all. */
function reached(text) {
  if (!armed || !WRITE.test(text)) return null;
  texts.push(text.trim().replaceAll(/\s+/g, " ").slice(0, 60));
  return texts.length === armed.at ? armed.when : null;
}

/** Runs a write that blocks. */
function blocking(text, write) {
  const when = reached(text);
  if (when === "before") die();
  const result = write();
  if (when === "after") die();
  return result;
}

const Sqlite = require("libsql");
const { exec, prepare } = Sqlite.prototype;
Sqlite.prototype.exec = function (text) {
  return blocking(text, () => exec.call(this, text));
};
Sqlite.prototype.prepare = function (text) {
  const prepared = prepare.call(this, text);
  for (const name of ["run", "all"]) {
    const method = prepared[name].bind(prepared);
    prepared[name] = (...values) => blocking(text, () => method(...values));
  }
  return prepared;
};

const { Client } = require("pg");
const { query } = Client.prototype;
Client.prototype.query = function (wanted, ...others) {
  const when = reached(typeof wanted === "string" ? wanted : (wanted.text ?? ""));
  if (when === "before") die();
  if (when === "after") {
    const callback = others.at(-1);
    if (typeof callback === "function") others[others.length - 1] = die;
  }
  const result = query.call(this, wanted, ...others);
  if (when === "after") result?.then?.(die, die);
  if (when === "sent") setImmediate(die);
  return result;
};

const { startTributary } = load("tributary");
const { readConfiguration } = load("wiring/configuration");
const pino = require("pino");

process.on("message", async (message) => {
  if (message.kind === "start") {
    const { url } = await startTributary(readConfiguration(message.env), {
      log: pino({ level: "silent" }),
      backoffMs: 1,
    });
    process.send({ kind: "started", url });
  } else if (message.kind === "arm") {
    armed = message;
    texts = [];
    process.send({ kind: "armed" });
  } else {
    process.send({ kind: "counted", texts });
  }
});
process.on("disconnect", () => process.exit());
process.send({ kind: "loaded" });
