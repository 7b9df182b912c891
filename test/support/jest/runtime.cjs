const { constants, Script } = require("node:vm");
const { default: JestRuntime } = require("jest-runtime");

/** Packages by path, and compiled files of ours by path: a worker has them once, for all test files that it runs. */
const packages = new Map();
const scripts = new Map();

/** What jest's loader knows as loaded: files of ours that this test file has loaded, and every package there is. */
class Loaded {
  constructor(ours, environment) {
    this.ours = ours;
    this.environment = environment;
  }

  get(path) {
    const known = this.ours.get(path) ?? packages.get(path);
    if (known || !/[\\/]node_modules[\\/]/.test(path)) return known;
    const loaded = { exports: this.environment.keepGlobalsOf(() => require(path)) };
    packages.set(path, loaded);
    return loaded;
  }

  set(path, module) {
    this.ours.set(path, module);
  }

  delete(path) {
    this.ours.delete(path);
  }
}

/** A script that returns the function around a module, with the parameters that jest gives it. */
function scriptOf(source, filename, parameters) {
  const kept = scripts.get(filename);
  if (kept?.source === source) return kept.script;
  const head = `(function (${parameters.join(", ")}) {`;
  const script = new Script(`${head}${source}\n})`, {
    filename,
    columnOffset: -head.length,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  scripts.set(filename, { source, script });
  return script;
}

/**
 * Jest's runtime, for the environment beside it. Files of ours run anew for each test file, as ever. Packages do not: Node loads each
 * once in a worker, since loading them anew took more time than most tests. `jest.mock` of a package reaches what files of ours
 * import, not what packages import of each other.
 */
module.exports = class Runtime extends JestRuntime {
  constructor(config, environment, ...others) {
    super(config, environment, ...others);
    const { executor, registries } = this;
    const ours = registries.getActiveCjsRegistry.bind(registries);
    registries.getActiveCjsRegistry = () => new Loaded(ours(), environment);
    executor.compile = (source, filename) => {
      if (environment.getVmContext() === null) return null; // the test file has ended
      return scriptOf(source, filename, executor.injectedModuleParameters).runInThisContext();
    };
  }
};
