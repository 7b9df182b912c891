import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { ConfigError } from "../../src/config/config-error";
import { loadConfig, withEnvFile } from "../../src/config/env-file";

describe("withEnvFile", () => {
  let directory: string;
  let file: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "tributary-config-"));
    file = join(directory, ".env");
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  it("adds the file's variables to the environment's, which win", () => {
    writeFileSync(file, "PORT=1\nMAX_DEPTH=2\n");
    expect(withEnvFile(file, { PORT: "3", HOST: "::1" })).toEqual({ PORT: "3", MAX_DEPTH: "2", HOST: "::1" });
  });

  it("lets an empty variable of the environment unset the file's, and an undefined one not", () => {
    writeFileSync(file, "PORT=1\nMAX_DEPTH=2\n");
    expect(loadConfig(file, { PORT: "", MAX_DEPTH: undefined })).toMatchObject({
      server: { port: 4000 },
      limits: { depth: 2 },
    });
  });

  it("reads comments, quotes, Windows line ends and a byte order mark", () => {
    writeFileSync(
      file,
      '\uFEFFPORT=1\r\n# MAX_DEPTH=2\r\nLETRICS_BASE_URL="https://letrics.test" # ours\r\nLOG_LEVEL=\r\n',
    );
    expect(withEnvFile(file, {})).toEqual({ PORT: "1", LETRICS_BASE_URL: "https://letrics.test", LOG_LEVEL: "" });
  });

  it("does without a file", () => {
    expect(withEnvFile(file, { PORT: "3" })).toEqual({ PORT: "3" });
  });

  it("refuses a file that cannot be read", () => {
    expect(() => withEnvFile(directory, {})).toThrow(new ConfigError([`${directory}: cannot be read (EISDIR)`]));
  });

  it("leaves process.env as it is", () => {
    writeFileSync(file, "TRIBUTARY_TEST_ONLY=1\n");
    withEnvFile(file, process.env);
    expect(process.env["TRIBUTARY_TEST_ONLY"]).toBeUndefined();
  });
});
