/** The formats of reports; the first is the default. */
export const FORMATS = ["table", "csv", "json"] as const;

/** A column of a report. */
export interface Column {
  readonly name: string;
  readonly isNumber: boolean;
}

type Row = Readonly<Record<string, unknown>>;

/** Longer texts are shortened in a table, so that it fits a terminal. */
const WIDEST = 32;

/** Rows as text. In CSV `null` is empty; JSON is an array of objects. */
export function formatted(format: (typeof FORMATS)[number], columns: readonly Column[], rows: readonly Row[]): string {
  switch (format) {
    case "table":
      return table(columns, rows);
    case "csv":
      return [columns.map(({ name }) => name), ...rows.map((row) => columns.map(({ name }) => csvText(row[name])))]
        .map((fields) => fields.join(","))
        .join("\r\n");
    case "json":
      return JSON.stringify(
        rows.map((row) => Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null]))),
        null,
        2,
      );
    default:
      return format satisfies never;
  }
}

function table(columns: readonly Column[], rows: readonly Row[]): string {
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => columns.map(({ name }) => cellText(row[name])))];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => widthOf(line[i] ?? ""))));
  return lines
    .map((line) =>
      line
        .map((text, i) => {
          const space = " ".repeat((widths[i] ?? 0) - widthOf(text));
          return columns[i]?.isNumber ? `${space}${text}` : `${text}${space}`;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A text of a client may contain control characters, which would reach the terminal. */
function cellText(value: unknown): string {
  const text = textOf(value ?? "-").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\u{fffd}");
  const characters = Array.from(text);
  return characters.length > WIDEST ? `${characters.slice(0, WIDEST - 1).join("")}…` : text;
}

function widthOf(text: string): number {
  return Array.from(text).length;
}

/** A spreadsheet takes a text that begins like a formula for one: an apostrophe before it keeps it a text. */
function csvText(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = textOf(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : String(value);
}
