import { Kind, visit, type ArgumentNode } from "graphql";
import type { CoercedVariables } from "./operation-cost";
import type { PlannedField } from "./operation-plan";

const CURSOR_ARGUMENTS: ReadonlySet<string> = new Set(["after", "before"]);

/**
 * Gives what the cost of a selection depends on, as text: runs with equal texts cost the same. That is the values of the
 * variables that priced fields take. Cursors count only where aliases page through one list, since they tell the aliases
 * apart.
 */
export function costKeyOf(selection: readonly PlannedField[]): (variables: CoercedVariables) => string {
  const names = new Set<string>();
  addVariables(selection, names);
  const sorted = [...names].sort();
  return (variables) => JSON.stringify(sorted.map((name) => (Object.hasOwn(variables, name) ? [variables[name]] : [])));
}

function addVariables(selection: readonly PlannedField[], names: Set<string>): void {
  const lists = selection.filter(({ cost }) => cost.calls !== undefined).map(({ node }) => node.name.value);
  const haveCursorsToCount = new Set(lists).size < lists.length;
  for (const { node, cost, children } of selection) {
    if (cost.rows !== undefined || cost.calls !== undefined) {
      const counted = (node.arguments ?? []).filter(
        ({ name }) => haveCursorsToCount || !CURSOR_ARGUMENTS.has(name.value),
      );
      counted.forEach((argument) => addVariablesOf(argument, names));
    }
    addVariables(children, names);
  }
}

function addVariablesOf(argument: ArgumentNode, names: Set<string>): void {
  visit(argument, { [Kind.VARIABLE]: ({ name }) => void names.add(name.value) });
}
