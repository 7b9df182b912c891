import { afterEach, expect, it, jest } from "@jest/globals";
import { deferred } from "../../support/fake-feed";
import { callFor, clientFor } from "./test-client";
import { json, startServer, type TestServer } from "./test-server";

let server: TestServer | undefined;

afterEach(() => {
  jest.restoreAllMocks();
  return server?.close();
});

it("reads a long answer only when it is its turn, and a short one at once", async () => {
  const planned = deferred<() => void>();
  const plan = jest.spyOn(globalThis, "setImmediate").mockImplementation((run) => {
    planned.resolve(run);
    return {} as NodeJS.Immediate;
  });
  server = await startServer((response, nth, request) => {
    const padding = "x".repeat(request.url === "/long" ? 5_000 : 3_000);
    json(200, { found: 3, padding })(response, nth, request);
  });
  const client = clientFor(server.url);
  let isRead = false;
  const long = client.request(callFor({ path: "/long" })).finally(() => (isRead = true));
  const turn = await planned.promise;
  expect(await client.request(callFor({ path: "/short" }))).toMatchObject({ body: { found: 3 } });
  expect([isRead, plan.mock.calls.length]).toEqual([false, 1]);
  turn();
  expect(await long).toMatchObject({ body: { found: 3 } });
});
