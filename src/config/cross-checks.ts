import { isLoopback } from "./loopback";
import type { VariableName, Variables } from "./variables/variables";

interface CrossCheck {
  /** The variable to blame, which comes first in the problem. */
  readonly name: VariableName;
  readonly rule: string;
  /** The variables that `broken` looks at: where one of them is itself bad, the check says nothing. */
  readonly reads: readonly VariableName[];
  broken(values: Variables): boolean;
}

const CROSS_CHECKS: readonly CrossCheck[] = [
  {
    name: "HOST",
    rule: "takes 127.0.0.0/8, ::1 or localhost while AUTH is none, unless ALLOW_ANONYMOUS=true",
    reads: ["HOST", "ALLOW_ANONYMOUS"],
    broken: (values) => !values.ALLOW_ANONYMOUS && !isLoopback(values.HOST),
  },
  {
    name: "LETRICS_BASE_URL",
    rule: "is needed with LETRICS_API_KEY: Letrics has no public base URL",
    reads: ["LETRICS_BASE_URL", "LETRICS_API_KEY"],
    broken: (values) => values.LETRICS_API_KEY !== null && values.LETRICS_BASE_URL === null,
  },
];

/** What is wrong between variables, as `NAME: what it takes`; silent about what hangs on a variable in `bad`. */
export function crossProblems(values: Variables, bad: ReadonlySet<string>): readonly string[] {
  return CROSS_CHECKS.filter((check) => !check.reads.some((name) => bad.has(name)))
    .filter((check) => check.broken(values))
    .map((check) => `${check.name}: ${check.rule}`);
}
