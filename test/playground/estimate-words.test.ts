import { describe, expect, it } from "@jest/globals";
import { estimateWords } from "../../playground/estimate/estimate-words";

describe("estimateWords", () => {
  it("says calls and credits, of each provider too, and what budgets have left", () => {
    const answer = {
      calls: 1201,
      credits: 1016,
      providers: [
        { provider: "SURFE", calls: 1200, credits: 1016, left: 1 },
        { provider: "LETRICS", calls: 1, credits: 0, left: null },
      ],
    };

    expect(estimateWords(JSON.stringify(answer))).toEqual({
      summary: "Runs with at most 1,201 provider calls and costs at most 1,016 credits.",
      providers: [
        "SURFE: at most 1,200 calls and 1,016 credits; the month's budget has 1 credit left.",
        "LETRICS: at most 1 call and 0 credits; no budget is set.",
      ],
    });
  });

  it("says that what is recorded is free", () => {
    expect(estimateWords(`{ "calls": 0, "credits": 0, "providers": [] }`)).toEqual({
      summary: "Runs without a provider call, and is free.",
      providers: [],
    });
  });

  it("says where a budget keeps the calls away", () => {
    const providers = [{ provider: "SURFE", calls: 0, credits: 0, left: 0 }];

    expect(estimateWords(JSON.stringify({ calls: 0, credits: 0, providers }))).toEqual({
      summary: "Runs without a provider call, since the budget does not suffice for one, and is free.",
      providers: ["SURFE: at most 0 calls and 0 credits; the month's budget has 0 credits left."],
    });
  });

  it.each([null, "", "null", "7", "{", `{ "data": { "calls": 1 } }`, `{ "errors": [{ "message": "no" }] }`])(
    "has no words for %j",
    (response) => {
      expect(estimateWords(response)).toBeNull();
    },
  );
});
