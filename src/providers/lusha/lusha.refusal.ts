import type { ProviderCall, RefusalReader } from "../http/provider-call";
import { textsIn } from "../http/refusal";

/**
 * The reader for error answers of a call with a session: it recognises that the session has expired. Lusha does not document that
 * answer, so all likely forms count.
 */
export function withSessionRefusal(session: string | null): Pick<ProviderCall<unknown>, "readRefusal"> {
  return session === null ? {} : { readRefusal: readSessionRefusal };
}

const readSessionRefusal: RefusalReader = (status, body) => {
  const expired = status === 404 || status === 410 || (status === 400 && namesSession(body));
  if (!expired) return null;
  return {
    code: "PROVIDER_SESSION_EXPIRED",
    message: `Lusha no longer continues this list (${String(status)}). Its recorded rows stay; use other seeds for more.`,
  };
};

function namesSession(body: unknown): boolean {
  return textsIn(body).some((text) => /requestId|dedupeSessionId|session/i.test(text));
}
