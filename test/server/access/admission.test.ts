import { describe, expect, it } from "@jest/globals";
import type { FastifyReply, FastifyRequest } from "fastify";
import { fullAccess } from "../../../src/domain/access";
import type { GraphServices } from "../../../src/graphql/graph-services";
import { Admission, type AdmittedTenants } from "../../../src/server/access/admission";
import { ApiKeys } from "../../../src/server/access/api-keys";
import { Authenticator } from "../../../src/server/access/authenticator";
import { RequestQuota } from "../../../src/server/access/request-quota";
import { ACME_TENANT } from "../../support/tenants";

const SERVICES = {} as GraphServices;

/** Lets one request in; the status of its refusal, or how it ended. */
function enter(admission: Admission): Promise<unknown> {
  const request = { headers: {}, ip: "127.0.0.1" } as FastifyRequest;
  return new Promise((resolve) => {
    const reply = {
      request,
      header: () => reply,
      headers: () => reply,
      type: () => reply,
      code: (status: number) => (resolve(status), reply),
      send: () => reply,
    } as unknown as FastifyReply;
    admission.hook(request, reply, (error) => resolve(error ?? admission.of(request)));
  });
}

function admissionTo(tenants: AdmittedTenants): Admission {
  const log = { warn: () => undefined };
  const options = { openTo: ACME_TENANT, apiKeys: () => new ApiKeys([]), tokens: null, onFailed: () => undefined };
  return new Admission({ authenticator: new Authenticator({ ...options, log }), quota: new RequestQuota(), tenants });
}

describe("Admission", () => {
  it("opens no services for a request that is one too many", async () => {
    let opened = 0;
    const admission = admissionTo({
      requestsPerMinute: () => 1,
      servicesOf: () => {
        opened += 1;
        return Promise.resolve(SERVICES);
      },
    });

    expect([await enter(admission), await enter(admission), opened]).toEqual([
      { access: fullAccess(ACME_TENANT), services: SERVICES },
      429,
      1,
    ]);
  });

  it("fails a request whose tenant's services cannot be opened, and refuses one whose tenant is gone", async () => {
    const error = new Error("the database is closed");
    expect(await enter(admissionTo({ requestsPerMinute: () => null, servicesOf: () => Promise.reject(error) }))).toBe(
      error,
    );
    expect(await enter(admissionTo({ requestsPerMinute: () => 5, servicesOf: () => null }))).toBe(401);
  });

  it("knows only requests that it let in", () => {
    const admission = admissionTo({ requestsPerMinute: () => null, servicesOf: () => SERVICES });
    expect(() => admission.of({} as FastifyRequest)).toThrow("a route without the hook of its admission");
  });
});
