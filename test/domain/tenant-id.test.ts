import { describe, expect, it } from "@jest/globals";
import { fullAccess } from "../../src/domain/access";
import { isTenantId, NO_TENANT, tenantId, type TenantId } from "../../src/domain/tenant-id";

describe("tenantId", () => {
  it.each(["acme", "a", "0", "a-1-", "constructor", "a".repeat(63)])("takes %j", (text) => {
    expect([isTenantId(text), tenantId(text)]).toEqual([true, text]);
  });

  it.each(["", "-a", "Acme", "a_b", "a.b", " a", "a ", "a\n", "é", "a".repeat(64)])("refuses %j", (text) => {
    expect(isTenantId(text)).toBe(false);
    expect(() => tenantId(text)).toThrow(new RangeError(`not the id of a tenant: ${JSON.stringify(text)}`));
  });

  it("refuses the place of no tenant", () => {
    expect(isTenantId(NO_TENANT)).toBe(false);
  });
});

describe("TenantId", () => {
  it("is a type of its own: a bare string is refused", () => {
    const text: string = "acme";
    // @ts-expect-error: a text that was not checked
    const tenant: TenantId = text;
    // @ts-expect-error: a literal is no id either
    const access = fullAccess("acme");
    expect([tenant, access.tenant]).toEqual(["acme", "acme"]);
  });
});
