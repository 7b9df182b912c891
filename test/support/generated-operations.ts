import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";

/** An operation as a client could send it; most are valid, some are not, and so are its variables. */
export interface GeneratedOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface GenerationOptions {
  /** Values of leaf types, by the type's name or `Type.argument`; a value that does not fit is as good. */
  readonly values: Readonly<Record<string, readonly unknown[]>>;
  /** Fields that are never asked for, as `Type.field`. */
  readonly without: ReadonlySet<string>;
}

const NAMES = ["a", "b", "c", "__proto__", "constructor", "toString"];
const MAX_DEPTH = 6;
const MAX_FIELDS = 30;

/** The same operation for the same seed. */
export function generateOperation(schema: GraphQLSchema, seed: number, options: GenerationOptions): GeneratedOperation {
  return new Generator(schema, seed, options).operation();
}

class Generator {
  #state: number;
  #fields = 0;
  readonly #definitions = new Map<string, string>();
  readonly #variables: Record<string, unknown> = {};
  readonly #fragments = new Map<string, string>();

  constructor(
    private readonly schema: GraphQLSchema,
    seed: number,
    private readonly options: GenerationOptions,
  ) {
    this.#state = seed | 0;
  }

  operation(): GeneratedOperation {
    const root = this.schema.getQueryType();
    if (!root) throw new Error("a schema without queries");
    const selection = this.#selection(root, 1);
    const definitions = [...this.#definitions.values()].join(", ");
    const query = `query Generated${definitions === "" ? "" : `(${definitions})`} ${selection} ${[...this.#fragments.values()].join(" ")}`;
    return { query, variables: this.#variables };
  }

  /** mulberry32: from 0 to below 1. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  #chance(of: number): boolean {
    return this.#random() < of;
  }

  #oneOf<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)] as T;
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const parts: string[] = [];
    const count = 1 + Math.floor(this.#random() * 4);
    for (let i = 0; i < count || parts.length === 0; i += 1) parts.push(this.#part(type, depth));
    return `{ ${parts.join(" ")} }`;
  }

  #part(type: GraphQLCompositeType, depth: number): string {
    const roll = this.#random();
    if (roll < 0.1) return `... ${this.#directive()} ${this.#selection(type, depth)}`;
    if (roll < 0.2)
      return `... on ${this.#narrowed(type).name} ${this.#directive()} ${this.#selection(this.#narrowed(type), depth)}`;
    if (roll < 0.3) return this.#spread(type, depth);
    return this.#field(type, depth);
  }

  /** A type that the selection may be narrowed to; for an object, itself. */
  #narrowed(type: GraphQLCompositeType): GraphQLCompositeType {
    return isAbstractType(type) ? (this.schema.getPossibleTypes(type)[0] ?? type) : type;
  }

  #spread(type: GraphQLCompositeType, depth: number): string {
    const name = `On${type.name}`;
    if (!this.#fragments.has(name)) {
      this.#fragments.set(name, ""); // so that it does not spread itself
      const text = `fragment ${name} on ${type.name} ${this.#selection(type, depth + 1)}`;
      if (text.includes(`...${name} `)) this.#fragments.set(name, `fragment ${name} on ${type.name} { __typename }`);
      else this.#fragments.set(name, text);
    }
    return `...${name} ${this.#directive()}`;
  }

  #field(type: GraphQLCompositeType, depth: number): string {
    this.#fields += 1;
    const fields = "getFields" in type ? this.#fieldsOf(type, depth) : [];
    if (fields.length === 0 || this.#chance(0.08)) return `${this.#alias()}__typename ${this.#directive()}`;
    const field = this.#oneOf(fields);
    const named = getNamedType(field.type);
    const below = isCompositeType(named) ? this.#selection(named, depth + 1) : "";
    return `${this.#alias()}${field.name}${this.#arguments(type, field)} ${this.#directive()} ${below}`;
  }

  #fieldsOf(
    type: Pick<GraphQLObjectType, "name" | "getFields">,
    depth: number,
  ): readonly GraphQLField<unknown, unknown>[] {
    const canNest = depth < MAX_DEPTH && this.#fields < MAX_FIELDS;
    return Object.values(type.getFields()).filter(
      (field) =>
        !this.options.without.has(`${type.name}.${field.name}`) &&
        (canNest || !isCompositeType(getNamedType(field.type))),
    );
  }

  #alias(): string {
    return this.#chance(0.15) ? `${this.#oneOf(NAMES)}: ` : "";
  }

  #directive(): string {
    if (this.#chance(0.85)) return "";
    const name = this.#oneOf(["skip", "include"]);
    if (this.#chance(0.5)) return `@${name}(if: ${String(this.#chance(0.5))})`;
    return `@${name}(if: ${this.#variable("Boolean!", this.#oneOf([true, false, true, false, null]), this.#chance(0.5) ? true : undefined)})`;
  }

  #arguments(parent: GraphQLCompositeType, { name, args }: GraphQLField<unknown, unknown>): string {
    const given = args.flatMap((argument) => {
      if (!isNonNullType(argument.type) && this.#chance(0.5)) return [];
      return [`${argument.name}: ${this.#argument(`${parent.name}.${name}`, argument)}`];
    });
    return given.length > 0 ? `(${given.join(", ")})` : "";
  }

  #argument(field: string, { name, type }: GraphQLArgument): string {
    const value = this.#value(type, name);
    if (!this.#chance(0.4)) return this.#literal(type, value, field);
    const hasDefault = this.#chance(0.3);
    const given = this.#oneOf([value, value, value, null, undefined]);
    return this.#variable(
      hasDefault ? String(getNullableType(type)) : String(type),
      given,
      hasDefault ? value : undefined,
      type,
    );
  }

  #variable(type: string, value: unknown, defaultValue: unknown, inputType?: GraphQLInputType): string {
    const name = this.#chance(0.1) ? this.#oneOf(NAMES.slice(3)) : `v${String(this.#definitions.size)}`;
    const unique = this.#definitions.has(name) ? `v${String(this.#definitions.size)}` : name;
    const text = defaultValue === undefined ? "" : ` = ${this.#literal(inputType, defaultValue, type)}`;
    const declared = defaultValue === undefined ? type : type.replace(/!$/, "");
    this.#definitions.set(unique, `$${unique}: ${declared}${text}`);
    if (value !== undefined) {
      Object.defineProperty(this.#variables, unique, { value, enumerable: true, configurable: true, writable: true });
    }
    return `$${unique}`;
  }

  #value(type: GraphQLInputType, name: string): unknown {
    if (isNonNullType(type)) return this.#value(type.ofType, name);
    if (!isNonNullType(type) && this.#chance(0.05)) return null;
    if (isListType(type)) {
      if (this.#chance(0.1)) return this.#value(type.ofType, name);
      return Array.from({ length: Math.floor(this.#random() * 3) }, () => this.#value(type.ofType, name));
    }
    if (isEnumType(type)) return this.#chance(0.05) ? "NONE_OF_THEM" : this.#oneOf(type.getValues()).name;
    if (isInputObjectType(type)) {
      return Object.fromEntries(
        Object.values(type.getFields()).flatMap((field) =>
          isNonNullType(field.type) || this.#chance(0.35) ? [[field.name, this.#value(field.type, field.name)]] : [],
        ),
      );
    }
    return this.#oneOf(this.options.values[name] ?? this.options.values[type.name] ?? ["x"]);
  }

  #literal(type: GraphQLInputType | undefined, value: unknown, place: string): string {
    if (Array.isArray(value)) {
      const nullable = type && getNullableType(type);
      const item = isListType(nullable) ? nullable.ofType : undefined;
      return `[${value.map((one) => this.#literal(item, one, place)).join(", ")}]`;
    }
    if (typeof value === "object" && value !== null) {
      const named = type && getNamedType(type);
      const fields = isInputObjectType(named) ? named.getFields() : {};
      return `{${Object.entries(value)
        .map(([key, one]) => `${key}: ${this.#literal(fields[key]?.type, one, place)}`)
        .join(", ")}}`;
    }
    const named = type && getNamedType(type);
    return isEnumType(named) && typeof value === "string" ? value : JSON.stringify(value);
  }
}
