import { OperationTypeNode } from "graphql";
import { requireScope } from "../../domain/access";
import type { RequestContext } from "../../graphql/context";
import type { GivenVariables, Operation } from "../operations/operation";
import type { CoercedVariables } from "./operation-cost";
import type { OperationLimiter } from "./operation-limiter";
import { StorableTexts } from "./storable-texts";

/** Checks an operation before it is executed. */
export class OperationCheck {
  readonly #texts = new StorableTexts();

  constructor(private readonly limiter: OperationLimiter) {}

  /**
   * @returns the variables as they are executed; `null` where they are wrong, which the execution says.
   * @throws {AccessError} the operation is a query, and the scope `read` is missing. Other scopes are checked by the resolvers.
   * @throws {InputError} `BAD_USER_INPUT` for a text that cannot be stored, `OPERATION_TOO_COSTLY` past a limit.
   */
  check(
    operation: Operation,
    given: GivenVariables,
    { access, services }: Pick<RequestContext, "access" | "services">,
  ): CoercedVariables | null {
    if (operation.definition.operation === OperationTypeNode.QUERY) requireScope(access, "read");
    this.#texts.check(operation, given);
    return this.limiter.check(operation, given, services.prices);
  }
}
