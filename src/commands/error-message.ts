import { ConfigError } from "../config/config-error";
import { StoreError } from "../domain/errors";
import { StartError } from "../domain/start-error";
import { UsageError } from "./usage-error";

/** Whether the message of an error alone says what is wrong: to those who use the program, its stack would say nothing. */
export function isExpected(error: unknown): error is Error {
  if (error instanceof StoreError) return true;
  if (error instanceof ConfigError || error instanceof StartError || error instanceof UsageError) return true;
  return typeof error === "object" && error !== null && "code" in error && "message" in error; // of system or database
}

/** What is printed of an error: the message of an expected one, else its stack. */
export function messageOf(error: unknown): string {
  if (isExpected(error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
