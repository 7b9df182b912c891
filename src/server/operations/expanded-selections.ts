import { Kind, type DocumentNode, type OperationDefinitionNode, type SelectionSetNode } from "graphql";

/**
 * The number of selections of each operation in a valid document, with fragments expanded wherever they are spread. It can be
 * huge for a short document: if each fragment spreads the one before twice, every fragment doubles it.
 */
export function expandedSelections({ definitions }: DocumentNode): ReadonlyMap<OperationDefinitionNode, number> {
  const fragments = new Map<string, SelectionSetNode>();
  for (const one of definitions)
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one.selectionSet);
  const known = new Map<string, number>();
  const inFragment = (name: string): number => {
    const count = known.get(name) ?? inSet(fragments.get(name));
    known.set(name, count);
    return count;
  };
  const inSet = (set: SelectionSetNode | undefined): number => {
    let count = 0;
    for (const selection of set?.selections ?? []) {
      count +=
        1 +
        (selection.kind === Kind.FRAGMENT_SPREAD ? inFragment(selection.name.value) : inSet(selection.selectionSet));
    }
    return count;
  };
  const operations = definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  return new Map(operations.map((operation) => [operation, inSet(operation.selectionSet)]));
}
