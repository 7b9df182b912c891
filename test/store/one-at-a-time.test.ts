import { expect, it } from "@jest/globals";
import { oneAtATime } from "../../src/store/sql/one-at-a-time";
import { deferred } from "../support/fake-feed";

it("runs a statement once the one before has ended, whatever came of that", async () => {
  const sent: string[] = [];
  const [first, second] = [deferred<{ rows: never[]; rowCount: null }>(), { rows: [], rowCount: 1 }];
  const connection = oneAtATime({
    query: ({ text }) => {
      sent.push(text);
      return text === "first" ? first.promise : Promise.resolve(second);
    },
  });
  const asked = [connection.query({ text: "first" }), connection.query({ text: "second" })];
  await Promise.resolve();
  expect(sent).toEqual(["first"]);
  first.reject(new Error("lost"));
  await expect(asked[0]).rejects.toThrow("lost");
  expect([await asked[1], sent]).toEqual([second, ["first", "second"]]);
});
