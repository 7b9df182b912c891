import { isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from "graphql";
import { getMetadataStorage } from "type-graphql";
import type { RequestContext } from "./context";

type Resolve = GraphQLFieldResolver<unknown, RequestContext, Readonly<Record<string, unknown>>>;
type Storage = ReturnType<typeof getMetadataStorage>;
type FieldMetadata = Pick<
  Storage["fieldResolvers"][number],
  "target" | "methodName" | "schemaName" | "params" | "roles" | "middlewares"
>;
type Parameter = NonNullable<FieldMetadata["params"]>[number];
/** Reads the value of one parameter of a resolver method. */
type Read = (...args: Parameters<Resolve>) => unknown;

/**
 * Calls resolver methods without TypeGraphQL's wrapper, which turns each argument into a promise and so makes every field
 * with an argument asynchronous. A field keeps the wrapper where the wrapper has work to do: roles of `@Authorized`,
 * middleware, validation, custom parameters, or input classes with methods of their own.
 *
 * The schema must have been built without global middleware and with `validate: false`.
 */
export function resolveDirectly(schema: GraphQLSchema): void {
  const { queries, mutations, fieldResolvers } = getMetadataStorage();
  const instances = new Map<unknown, object>();
  const direct = (typeName: string, metadata: FieldMetadata): void => {
    const type = schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[metadata.schemaName] : undefined;
    const resolve = field && directResolver(metadata, instances);
    if (resolve) field.resolve = resolve as GraphQLFieldResolver<unknown, unknown>;
  };
  for (const query of queries) direct("Query", query);
  for (const mutation of mutations) direct("Mutation", mutation);
  for (const metadata of fieldResolvers) direct(objectTypeName(metadata), metadata);
}

function objectTypeName({ kind, getObjectType }: Storage["fieldResolvers"][number]): string {
  if (kind === "internal") return ""; // a method of the type's own class, which reads `this`
  const target = getObjectType?.();
  return getMetadataStorage().objectTypes.find((type) => type.target === target)?.name ?? "";
}

/** A resolver that calls the method; `null` where TypeGraphQL's wrapper is needed. */
function directResolver(
  { target, methodName, params = [], roles, middlewares = [] }: FieldMetadata,
  instances: Map<unknown, object>,
): Resolve | null {
  if (roles !== undefined || middlewares.length > 0) return null;
  const reads: Read[] = [];
  for (const parameter of [...params].sort((a, b) => a.index - b.index)) {
    const read = readerOf(parameter);
    if (!read) return null;
    reads.push(read);
  }
  const instance = instances.get(target) ?? (Reflect.construct(target, []) as object);
  instances.set(target, instance);
  const method = Reflect.get(instance, methodName) as (...values: readonly unknown[]) => unknown;
  const [first, second, ...others] = reads;
  if (first && second && others.length === 0) {
    return (...all) => method.call(instance, first(...all), second(...all)); // most fields have two
  }
  return (...all) =>
    method.apply(
      instance,
      reads.map((read) => read(...all)),
    );
}

function readerOf(parameter: Parameter): Read | null {
  switch (parameter.kind) {
    case "context": {
      const { propertyName } = parameter;
      return propertyName === undefined
        ? (_, __, context) => context
        : (_, __, context): unknown => Reflect.get(context, propertyName);
    }
    case "root": {
      const { propertyName, getType } = parameter;
      if (propertyName !== undefined || getType !== undefined) return null;
      return (root) => root;
    }
    case "info":
      return (_, __, ___, info) => info;
    case "arg": {
      const { name } = parameter;
      return isPlain(parameter) ? (_, args) => args[name] : null;
    }
    case "args":
      return isPlain(parameter) ? (_, args) => args : null;
    default:
      return null;
  }
}

/** Whether the value from GraphQL can be passed on unchanged: no validation, and a class without methods. */
function isPlain({ getType, validateSettings, validateFn }: Parameter & { readonly kind: "arg" | "args" }): boolean {
  if ((validateSettings ?? false) !== false || validateFn !== undefined) return false;
  const type: unknown = getType();
  const prototype: unknown = typeof type === "function" ? type.prototype : null;
  if (typeof prototype !== "object" || prototype === null || BUILT_IN.has(type)) return true;
  return hasNoMethods(prototype);
}

const BUILT_IN: ReadonlySet<unknown> = new Set([String, Number, Boolean, Date]);

function hasNoMethods(prototype: object): boolean {
  for (
    let at: object | null = prototype;
    at && at !== Object.prototype;
    at = Object.getPrototypeOf(at) as object | null
  ) {
    if (Object.getOwnPropertyNames(at).some((name) => name !== "constructor")) return false;
  }
  return true;
}
