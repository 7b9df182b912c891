import { ERROR_ENVELOPES, type ErrorEnvelope, type LushaRules } from "./lusha-options";

const SLUGS: Readonly<Record<number, string>> = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  402: "INSUFFICIENT_CREDITS",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  410: "SESSION_EXPIRED",
  412: "PRECONDITION_FAILED",
  429: "RATE_LIMIT_EXCEEDED",
  451: "UNAVAILABLE_FOR_LEGAL_REASONS",
  499: "REQUEST_CANCELLED",
};

/** Creates error bodies, in the configured envelope. */
export class ErrorBodies {
  private count = 0;

  constructor(private readonly rules: LushaRules) {}

  next(status: number, message: string): unknown {
    const turn = ERROR_ENVELOPES[this.count % ERROR_ENVELOPES.length] ?? "nested";
    this.count += 1;
    return errorBody(this.rules.errorEnvelope === "rotate" ? turn : this.rules.errorEnvelope, status, message);
  }
}

function errorBody(envelope: ErrorEnvelope, status: number, message: string): unknown {
  switch (envelope) {
    case "nested":
      return { error: { code: status, message } };
    case "status-code":
      return { statusCode: status, message, errors: [message] };
    case "slug":
      return { code: SLUGS[status] ?? "ERROR", message };
    case "flat":
      return { message, code: status };
  }
}
