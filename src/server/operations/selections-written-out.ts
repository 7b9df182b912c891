import { Kind, type DocumentNode, type OperationDefinitionNode, type SelectionSetNode } from "graphql";

/**
 * How many selections each operation of a document that passed validation has, with every fragment written out wherever it
 * is spread. A few lines can come to any number: fragments that each spread the one before twice double it with every one.
 */
export function selectionsWrittenOut({ definitions }: DocumentNode): ReadonlyMap<OperationDefinitionNode, number> {
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
