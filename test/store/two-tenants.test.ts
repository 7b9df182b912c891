import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { allStatements, type AnyStatement } from "../support/all-statements";
import { countConditions, withoutCondition } from "../support/tenant-conditions";
import { readSchema, TenantDatabase, TENANTS, worldsOf, type World } from "../support/tenant-worlds";

/** What has no tenant: settings of the whole database, whether it answers, and the list of tenants. */
const OF_NOBODY = ["one", "probe", "tenants", "add setting", "setting", "set setting"];

const WORLDS = 120;

const statements = [...allStatements().values()].filter(({ name }) => !OF_NOBODY.includes(name));
const tenantConditions = statements.flatMap((one) => {
  return Array.from(
    { length: countConditions(one) },
    (_, i) => [`${one.name}, condition ${String(i + 1)}`, one, i] as const,
  );
});

/** The same world three times over: both tenants together, and each alone. */
interface Trial {
  readonly world: World;
  readonly together: TenantDatabase;
  readonly alone: Readonly<Record<(typeof TENANTS)[number], TenantDatabase>>;
}

let trials: readonly Trial[];

beforeAll(async () => {
  const schema = await readSchema();
  trials = worldsOf(schema, statements, 11, WORLDS).map((world) => ({
    world,
    together: new TenantDatabase(schema, world, TENANTS),
    alone: {
      acme: new TenantDatabase(schema, world, ["acme"]),
      other: new TenantDatabase(schema, world, ["other"]),
    },
  }));
}, 300_000);

afterAll(() => {
  for (const { together, alone } of trials) for (const one of [together, alone.acme, alone.other]) one.close();
});

/** What each tenant gets and keeps where another has rows by the same ids, next to what it would alone. */
function* comparisons({ world, together, alone }: Trial, one: AnyStatement, original = one) {
  const given = world.given(original);
  for (const tenant of TENANTS) {
    const others = tenant === "acme" ? "other" : "acme";
    const expected = alone[tenant].run(original, tenant, given);
    const actual = together.run(one, tenant, given);
    const isKept = expected.kept[tenant] !== "";
    const kept = { ...expected.kept, [others]: isKept ? alone[others].keptBy(others) : "" };
    yield { actual, expected: { ...expected, kept } };
  }
}

describe("a statement that is run for one of two tenants with the same ids", () => {
  it.each(statements.map((one) => [one.name, one] as const))("reads and writes what is theirs: %s", (_, one) => {
    for (const trial of trials) {
      for (const { actual, expected } of comparisons(trial, one)) expect(actual).toEqual(expected);
    }
  });

  it.each(tenantConditions)("would be told apart without one of its conditions: %s", (_, one, condition) => {
    const slip = withoutCondition(one, condition);
    const isSeen = trials.some((trial) =>
      [...comparisons(trial, slip, one)].some(
        ({ actual, expected }) => JSON.stringify(actual) !== JSON.stringify(expected),
      ),
    );
    expect(isSeen).toBe(true);
  });
});
