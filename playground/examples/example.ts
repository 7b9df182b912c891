import type { SavedOperation } from "../operations";

/** An operation that shows one thing the graph can do. */
export interface Example extends SavedOperation {
  /** What it does, in the words of the panel that lists it. */
  readonly title: string;
  /** What there is to see, in a line or two. */
  readonly summary: string;
  /** JSON text, comments allowed; only where the operation has headers of its own. */
  readonly headers?: string;
}

/** Examples of one capability, in the order in which they build on each other. */
export interface ExampleGroup {
  readonly capability: string;
  readonly examples: readonly Example[];
}

/** The user whose profile has examples for Lusha, beside the greeting's user. */
export const lookalikeUser = "demo-lookalikes";
