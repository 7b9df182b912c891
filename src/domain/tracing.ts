/** Attributes of a span: never a secret, and nothing of a person or company. */
export type SpanValues = Readonly<Record<string, string | number | boolean>>;

/** A span that is open. */
export interface Span {
  set(values: SpanValues): void;
  /** Marks what the span stands for as failed. @param type an error code, a status or a class; never a message. */
  fail(type: string): void;
}

/** `client`: a request to another server. */
export type SpanKind = "internal" | "client";

/** Measures parts of the work as spans of a trace. */
export interface Tracing {
  /** Runs `work` in a span; spans that begin meanwhile are inside it. A rejection marks it as failed. */
  readonly span: <T>(name: string, values: SpanValues, work: (span: Span) => Promise<T>, kind?: SpanKind) => Promise<T>;
}

/** A span that keeps nothing. */
export const NO_SPAN: Span = { set: () => undefined, fail: () => undefined };

/** Measures nothing. */
export const NO_TRACING: Tracing = { span: (_, __, work) => work(NO_SPAN) };
