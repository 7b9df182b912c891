/**
 * The configuration cannot be used. The message lists every problem, one a line, as `VARIABLE: what it takes`.
 * It never holds a variable's value, so it may be printed and logged as it is.
 */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  constructor(readonly problems: readonly string[]) {
    super(["bad configuration:", ...problems.map((problem) => `  ${problem}`)].join("\n"));
  }
}
