import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { ConfigError } from "../../src/config/config-error";
import { withEnvFile } from "../../src/config/env-file";
import { loadConfiguration } from "../../src/wiring/configuration";

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
    expect(withEnvFile(file, { PORT: "3", HOST: "::1" })).toEqual({
      env: { PORT: "3", MAX_DEPTH: "2", HOST: "::1" },
      problems: [],
    });
  });

  it("lets an empty variable of the environment unset the file's, and an undefined one not", () => {
    writeFileSync(file, "PORT=1\nMAX_DEPTH=2\n");
    expect(loadConfiguration(file, { PORT: "", MAX_DEPTH: undefined }).config).toMatchObject({
      server: { port: 4000 },
      limits: { depth: 2 },
    });
  });

  it("reads comments, quotes, Windows line ends and a byte order mark", () => {
    writeFileSync(
      file,
      '\uFEFFPORT=1\r\n# MAX_DEPTH=2\r\nLETRICS_BASE_URL="https://letrics.test" # ours\r\nLOG_LEVEL=\r\n',
    );
    expect(withEnvFile(file, {})).toEqual({
      env: { PORT: "1", LETRICS_BASE_URL: "https://letrics.test", LOG_LEVEL: "" },
      problems: [],
    });
  });

  it("does without a file", () => {
    expect(withEnvFile(file, { PORT: "3" })).toEqual({ env: { PORT: "3" }, problems: [] });
  });

  it("refuses a file that cannot be read", () => {
    expect(() => withEnvFile(directory, {})).toThrow(new ConfigError([`${directory}: cannot be read (EISDIR)`]));
  });

  it("leaves process.env as it is", () => {
    writeFileSync(file, "TRIBUTARY_TEST_ONLY=1\n");
    withEnvFile(file, process.env);
    expect(process.env["TRIBUTARY_TEST_ONLY"]).toBeUndefined();
  });

  it.each([
    "",
    "# it's a comment",
    "  # indented",
    "PORT=1",
    "PORT=",
    "  PORT = 1 # a comment",
    "export PORT=1",
    "PORT='it is # quoted' # a comment",
    "LINKUP_LOGIN_TOKEN=it's",
    'LINKUP_LOGIN_TOKEN=li_at=1; JSESSIONID="ajax:2"',
    'CURSOR_SECRET="first line\nsecond line, no name"',
    "npm_config.some-thing=1",
  ])("takes the line %j", (line) => {
    writeFileSync(file, `MAX_DEPTH=2\n${line}\nMAX_NODES=3\n`);
    const { env, problems } = withEnvFile(file, {});
    expect(problems).toEqual([]);
    expect(env).toMatchObject({ MAX_DEPTH: "2", MAX_NODES: "3" });
  });

  it.each(["PORT", "PORT: 1", "=1", "export PORT", "PORT 1", '"PORT"=1', 'PORT="1', "PORT='1' 2", "a secret", "-"])(
    "refuses the line %j, and does not repeat it",
    (line) => {
      writeFileSync(file, `MAX_DEPTH=2\n\n${line}\nMAX_NODES=3\n`);
      const problem = `${file}: line 3 is no variable: write NAME=value, or # before a comment`;
      expect(withEnvFile(file, {}).problems).toEqual([problem]);
    },
  );

  it("counts lines of any kind, and tells every one together with the other problems", () => {
    writeFileSync(file, "CURSOR_SECRET='a\r\nb'\r\nstray\r\nMAX_DEPTH=x\r\n\r\nSURFE_APIKEY=1\r\nlast");
    const stray = (line: number) =>
      `${file}: line ${String(line)} is no variable: write NAME=value, or # before a comment`;
    expect(() => loadConfiguration(file, { PORT: "x" })).toThrow(
      new ConfigError([
        stray(3),
        stray(7),
        "PORT: takes a whole number, from 0 to 65535",
        "CURSOR_SECRET: takes one or more secrets separated by commas, each at least 32 bytes in base64",
        "MAX_DEPTH: takes a whole number, 1 or more",
        "SURFE_APIKEY: is no variable of Tributary; .env.example lists all there are",
      ]),
    );
  });
});
