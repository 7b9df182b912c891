type Row = Readonly<Record<string, unknown>>;

/** Rows as CSV (RFC 4180), with a line of names; `null` is empty. A spreadsheet takes no text of it for a formula. */
export function csvOf(columns: readonly string[], rows: readonly Row[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => fieldOf(row[column])))];
  return lines.map((fields) => `${fields.join(",")}\r\n`).join("");
}

/** An apostrophe before a text that begins like a formula keeps it a text. */
function fieldOf(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = typeof value === "string" ? value : "";
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
