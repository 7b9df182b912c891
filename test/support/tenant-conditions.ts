import type { AnyStatement } from "./all-statements";

/** A column compared with the tenant, or the first column of several that are compared with given rows. */
const CONDITION =
  /\b(?:\w+\.)?tenant = (?:\?1|\$1::text|given\.tenant)|\((?:\w+\.)?tenant, ([^()]*)\) in \(\s*select (?:given|known)\.tenant, /g;

/** How many times a statement's text asks for the tenant's rows alone. */
export function countConditions({ text }: AnyStatement): number {
  const bound = { tenant: "?1", given: "given", join: "join", list: (expression: string) => expression };
  return [...text(bound).matchAll(CONDITION)].length;
}

/** The statement, but one of its conditions, or each, lets every tenant's rows through. */
export function withoutCondition(one: AnyStatement, condition: number | "each"): AnyStatement {
  const text: AnyStatement["text"] = (bound) => {
    let seen = -1;
    return one.text(bound).replaceAll(CONDITION, (found: string, others: string | undefined) => {
      seen += 1;
      if (condition !== "each" && seen !== condition) return found;
      return others === undefined ? "true" : `(${others}) in (select `;
    });
  };
  return { ...one, text };
}
