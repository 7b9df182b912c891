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
   * @throws {InputError} `BAD_USER_INPUT` for a text that cannot be stored, `OPERATION_TOO_COSTLY` past a limit.
   */
  check(operation: Operation, given: GivenVariables): CoercedVariables | null {
    this.#texts.check(operation, given);
    return this.limiter.check(operation, given);
  }
}
