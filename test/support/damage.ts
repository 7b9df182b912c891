/** One thing that is done to a JSON value: where, going by numbers that pick a way down, and what. */
export interface Damage {
  readonly way: readonly number[];
  readonly kind: (typeof DAMAGES)[number];
}

/** What can be done to a value. */
export const DAMAGES = ["drop", "null", "number", "huge", "text", "flag", "list", "object", "deep", "repeat"] as const;

const DEEP = 300;

/** A copy of `value` with one thing in it damaged; where the way leads past its values, the last one on it. */
export function damaged(value: unknown, { way, kind }: Damage): unknown {
  const [step, ...rest] = way;
  if (step === undefined || typeof value !== "object" || value === null) return spoilt(value, kind);
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return spoilt(value, kind);
  const isLast = rest.length === 0;
  const inner: unknown = Reflect.get(value, key);
  if (Array.isArray(value)) {
    const copy: unknown[] = [...(value as readonly unknown[])];
    if (isLast && kind === "repeat") copy.splice(Number(key), 0, inner);
    else copy[Number(key)] = damaged(inner, { way: rest, kind });
    return copy;
  }
  const others = Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  return isLast && kind === "drop" ? others : { ...others, [key]: damaged(inner, { way: rest, kind }) };
}

function spoilt(value: unknown, kind: Damage["kind"]): unknown {
  switch (kind) {
    case "drop":
    case "null":
      return null;
    case "number":
      return -7.5;
    case "huge":
      return 1e308;
    case "text":
      return "\u0000 😀 \u202e".repeat(40);
    case "flag":
      return true;
    case "list":
      return [value, [value]];
    case "object":
      return { value };
    case "deep":
      return nested(value);
    case "repeat":
      return [value, value];
    default:
      return kind satisfies never;
  }
}

function nested(value: unknown): unknown {
  let outer = value;
  for (let i = 0; i < DEEP; i++) outer = i % 2 === 0 ? [outer] : { value: outer };
  return outer;
}
