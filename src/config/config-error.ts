/**
 * The configuration is invalid. The message lists every problem in a line of its own, as `VARIABLE: what it takes`. It never
 * contains the value of a variable, so it may be printed and logged.
 */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  constructor(readonly problems: readonly string[]) {
    super(["bad configuration:", ...problems.map((problem) => `  ${problem}`)].join("\n"));
  }
}
