import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { PostgresConfirmations } from "../../src/store/sql/postgres-confirmations";
import { newProcessName } from "../../src/store/sql/process-name";

type Channel = ConstructorParameters<typeof PostgresConfirmations>[0];
type Reply = Parameters<Parameters<Channel["onReply"]>[0]>[0];

/** The processes that have a connection; `null`: the own connection is lost. */
let living: readonly string[] | null;
let questions: string[];
let reply: (reply: Reply) => void;
let confirmations: PostgresConfirmations;

beforeEach(() => {
  jest.useFakeTimers();
  living = [];
  questions = [];
  const query = (({ values }: { readonly values: readonly string[] }) => {
    const [{ payload }] = JSON.parse(String(values[0])) as [{ readonly payload: string }];
    questions.push(payload);
    if (!living) return Promise.reject(new Error("Connection terminated"));
    return Promise.resolve({ rows: living.map((process) => ({ process })), rowCount: living.length });
  }) as NonNullable<Channel["connection"]>["query"];
  confirmations = new PostgresConfirmations({
    connection: { query },
    names: newProcessName("public", "tributary"),
    onReply: (listener) => void (reply = listener),
    questionOf: (question) => `question ${String(question)}`,
  });
});

afterEach(() => void jest.useRealTimers());

/** What became of a wait, in the order of the steps. */
function waiting(): { readonly steps: string[]; readonly after: (ms: number) => Promise<readonly string[]> } {
  const steps: string[] = [];
  void confirmations.caughtUp().then(() => steps.push("caught up"));
  const after = async (ms: number): Promise<readonly string[]> => {
    await jest.advanceTimersByTimeAsync(ms);
    return [...steps];
  };
  return { steps, after };
}

describe("PostgresConfirmations.caughtUp", () => {
  it("asks once, and does not wait, where no other process is there", async () => {
    const { after } = waiting();
    expect(await after(0)).toEqual(["caught up"]);
    expect(questions).toEqual(["question 1"]);
  });

  it("waits until all have answered this question, and no other", async () => {
    living = ["a", "b"];
    const { after } = waiting();
    const later = waiting();
    await after(0);
    reply({ process: "a", question: 1 });
    reply({ process: "a", question: 2 });
    reply({ process: "b", question: 1 });
    expect([await after(0), await later.after(0)]).toEqual([["caught up"], []]);
    reply({ process: "b", question: 2 });
    expect(await later.after(0)).toEqual(["caught up"]);
    expect(questions).toEqual(["question 1", "question 2"]);
  });

  it("asks those that did not answer again every 250 ms, and does not wait for one that has ended", async () => {
    living = ["a", "b"];
    const { after } = waiting();
    await after(249);
    expect(questions).toEqual(["question 1"]);
    living = ["b", "new"];
    expect(await after(1)).toEqual([]);
    reply({ process: "b", question: 1 });
    expect(await after(0)).toEqual(["caught up"]);
    expect(questions).toEqual(["question 1", "question 1"]);
  });

  it("waits 5 s for a process that does not answer, and not again before it has answered", async () => {
    living = ["a"];
    const first = waiting();
    expect(await first.after(4_999)).toEqual([]);
    expect(await first.after(1)).toEqual(["caught up"]);
    const second = waiting();
    expect(await second.after(0)).toEqual(["caught up"]);
    reply({ process: "a", question: 1 });
    const third = waiting();
    expect(await third.after(0)).toEqual([]);
    reply({ process: "a", question: 3 });
    expect(await third.after(0)).toEqual(["caught up"]);
  });

  it("does not wait where the own connection is lost, since no answer would be heard", async () => {
    living = ["a"];
    const { after } = waiting();
    expect(await after(0)).toEqual([]);
    living = null;
    expect(await after(250)).toEqual(["caught up"]);
  });
});
