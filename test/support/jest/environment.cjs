const { LegacyFakeTimers, ModernFakeTimers } = require("@jest/fake-timers");
const { ModuleMocker } = require("jest-mock");

const timerConfig = {
  idToRef: (id) => ({
    id,
    ref() {
      return this;
    },
    unref() {
      return this;
    },
  }),
  refToId: (timer) => timer?.id,
};

/** `process` is the worker's own: Node's streams, and so the worker's messages to jest, need its `nextTick`. */
class FakeTimers extends ModernFakeTimers {
  useFakeTimers(config = {}) {
    super.useFakeTimers({ ...config, doNotFake: [...(config.doNotFake ?? []), "nextTick"] });
  }
}

/**
 * Runs test files with the worker's own global object. Jest's environment gives each file another one, behind a proxy: every read of
 * `Map` or `Promise` goes through it, which takes half of the time of the long tests, and packages cannot be shared, since each
 * would have the `Error` and `Object` of another file. What a file sets on the global object, on `process.env` or as
 * `process.exit` is undone after it; with it goes what TypeGraphQL has noted of the file's decorators.
 */
module.exports = class Environment {
  #globals = Object.getOwnPropertyDescriptors(globalThis);
  #env = { ...process.env };
  #exit = process.exit;
  #hasEnded = false;

  constructor({ projectConfig: config }) {
    this.global = globalThis;
    Object.assign(globalThis, config.globals);
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = new LegacyFakeTimers({
      config,
      global: globalThis,
      moduleMocker: this.moduleMocker,
      timerConfig,
    });
    this.fakeTimersModern = new FakeTimers({ config, global: globalThis });
  }

  exportConditions() {
    return ["node", "node-addons"];
  }

  /** `null` once the file has ended: nothing runs then. */
  getVmContext() {
    return this.#hasEnded ? null : globalThis;
  }

  /** Loads a package that stays for the next files, and so do the globals that it adds. */
  keepGlobalsOf(load) {
    const before = new Set(Reflect.ownKeys(globalThis));
    try {
      return load();
    } finally {
      for (const key of Reflect.ownKeys(globalThis)) {
        if (!before.has(key)) this.#globals[key] = Object.getOwnPropertyDescriptor(globalThis, key);
      }
    }
  }

  async setup() {}

  async teardown() {
    this.fakeTimers.dispose();
    this.fakeTimersModern.dispose();
    process.exit = this.#exit;
    for (const name of Object.keys(process.env)) if (!(name in this.#env)) delete process.env[name];
    Object.assign(process.env, this.#env);
    // What `expect` has there cannot be deleted, and is set anew for each file.
    for (const key of Reflect.ownKeys(globalThis)) {
      if (!Object.hasOwn(this.#globals, key)) Reflect.deleteProperty(globalThis, key);
    }
    Object.defineProperties(globalThis, this.#globals);
    this.#hasEnded = true;
  }
};
