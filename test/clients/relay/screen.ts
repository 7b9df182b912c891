import {
  createOperationDescriptor,
  fetchQuery,
  getPaginationMetadata,
  getPaginationVariables,
  getRefetchMetadata,
  getSingularSelector,
  getValueAtPath,
  type ConcreteRequest,
  type Direction,
  type Environment,
  type OperationType,
  type ReaderFragment,
} from "relay-runtime";
import { present } from "../../support/present";

/** What `useLazyLoadQuery` does: fetches, and keeps what came from being collected. */
export async function load<Query extends OperationType>(
  environment: Environment,
  request: ConcreteRequest,
  variables: Query["variables"],
): Promise<Query["response"]> {
  environment.retain(createOperationDescriptor(request, variables));
  return present(await fetchQuery<Query>(environment, request, variables).toPromise());
}

/** The generated `$key` types. */
interface FragmentKey {
  readonly " $data"?: unknown;
  readonly " $fragmentSpreads": unknown;
}

type DataOf<Key extends FragmentKey> = NonNullable<Key[" $data"]>;

/** What `useFragment` does. */
export function read<Key extends FragmentKey>(
  environment: Environment,
  fragment: ReaderFragment,
  key: Key,
): DataOf<Key> {
  return environment.lookup(getSingularSelector(fragment, key)).data;
}

/** What `usePaginationFragment` does, put together from the same parts. */
export class Pagination<Key extends FragmentKey> {
  constructor(
    private readonly environment: Environment,
    private readonly fragment: ReaderFragment,
    private readonly key: Key,
  ) {}

  get data(): DataOf<Key> {
    return read(this.environment, this.fragment, this.key);
  }

  get pageInfo(): PageInfo {
    const { connectionPathInFragmentData } = getPaginationMetadata(this.fragment, "Pagination");
    return (getValueAtPath(this.data, connectionPathInFragmentData) as { readonly pageInfo: PageInfo }).pageInfo;
  }

  async loadNext(count: number): Promise<void> {
    await this.load("forward", count, this.pageInfo.endCursor);
  }

  async loadPrevious(count: number): Promise<void> {
    await this.load("backward", count, this.pageInfo.startCursor);
  }

  private async load(direction: Direction, count: number, cursor: string | null | undefined): Promise<void> {
    const { paginationRequest, paginationMetadata } = getPaginationMetadata(this.fragment, "Pagination");
    const { identifierInfo } = getRefetchMetadata(this.fragment, "Pagination");
    const { dataID, owner, variables } = getSingularSelector(this.fragment, this.key);
    await load(this.environment, paginationRequest, {
      ...getPaginationVariables(direction, count, cursor, { ...owner.variables, ...variables }, {}, paginationMetadata),
      ...(identifierInfo ? { [identifierInfo.identifierQueryVariableName]: dataID } : {}),
    });
  }
}

/** Where a list stands, as far as its fragment asks: of a list that pages one way, the two of that way. */
export interface PageInfo {
  readonly hasNextPage?: boolean;
  readonly endCursor?: string | null;
  readonly hasPreviousPage?: boolean;
  readonly startCursor?: string | null;
}
