export type ParsedJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/** Tells text that is not JSON from the JSON `null`. */
export function parseJson(text: string): ParsedJson {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}
