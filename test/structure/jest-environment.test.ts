import { afterEach, describe, expect, it, jest } from "@jest/globals";

interface Environment {
  keepGlobalsOf(load: () => void): void;
  teardown(): Promise<void>;
}

const Environment = jest.requireActual<new (config: object) => Environment>("../support/jest/environment.cjs");

const NAMES = ["OF_PROJECT", "OF_FILE", "OF_PACKAGE"];
const present = () => NAMES.filter((name) => name in globalThis);
const functions = () => [globalThis.fetch, Reflect.get(process, "exit") as unknown];

describe("the environment of a test file", () => {
  afterEach(() => NAMES.forEach((name) => Reflect.deleteProperty(globalThis, name)));

  it("undoes what the file has set, and keeps what packages have", async () => {
    const before = functions();
    const { PATH } = process.env;
    const environment = new Environment({ projectConfig: { globals: { OF_PROJECT: 1 } } });
    environment.keepGlobalsOf(() => Object.assign(globalThis, { OF_PACKAGE: 1 }));
    Object.assign(globalThis, { OF_FILE: 1, fetch: null });
    Object.assign(process, { exit: () => undefined });
    Object.assign(process.env, { OF_FILE: "1", PATH: "changed" });
    expect(present()).toEqual(NAMES);
    await environment.teardown();
    expect(present()).toEqual(["OF_PACKAGE"]);
    expect(functions()).toEqual(before);
    expect([process.env["OF_FILE"], process.env["PATH"]]).toEqual([undefined, PATH]);
  });

  it("runs files of ours anew, and packages once", () => {
    const load = (path: string): unknown => {
      let loaded: unknown;
      jest.isolateModules(() => {
        loaded = jest.requireActual(path);
      });
      return loaded;
    };
    expect(load("../../src/domain/errors")).not.toBe(load("../../src/domain/errors"));
    expect(load("graphql")).toBe(load("graphql"));
  });
});
