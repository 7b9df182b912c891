import type { GivenVariables, Operation } from "../operations/operation";
import type { OperationLimiter } from "./operation-limiter";
import { StorableTexts } from "./storable-texts";

/** Everything for which an operation is refused before anything of it is executed. */
export class OperationCheck {
  readonly #texts = new StorableTexts();

  constructor(private readonly limiter: OperationLimiter) {}

  /** @throws {InputError} `BAD_USER_INPUT` for a text that cannot be stored, `OPERATION_TOO_COSTLY` past a limit. */
  check(operation: Operation, given: GivenVariables): void {
    this.#texts.check(operation, given);
    this.limiter.check(operation, given);
  }
}
