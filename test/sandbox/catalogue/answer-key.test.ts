import { describe, expect, it } from "@jest/globals";
import { answerKey } from "../../../src/sandbox/catalogue/answer-key";
import { COMPANY_COUNT, companyAt } from "../../../src/sandbox/catalogue/companies";
import type { Company } from "../../../src/sandbox/catalogue/catalogue-model";
import { givenDomain, givenPage, givenProfile, type DataSource } from "../../../src/sandbox/catalogue/knowledge";
import { companyOf, personAt, peopleOf } from "../../../src/sandbox/catalogue/people";
import { ReturnedLog } from "../../../src/sandbox/catalogue/returned";

const indexes = Array.from({ length: COMPANY_COUNT }, (_, index) => index);
const people = indexes.flatMap(peopleOf);

const given = (companies: readonly number[], of: readonly number[] = []) => ({ companies, people: of });
const counts = (companies: number, of: number, employersOnly = 0) => ({ companies, people: of, employersOnly });

/** The first company (not the provider's example) that each teller names as told: by domain, by page. */
function companyTold(...wanted: readonly (readonly [DataSource, domain: boolean, page: boolean])[]): number {
  const isTold = (company: Company) =>
    wanted.every(
      ([teller, domain, page]) =>
        (givenDomain(teller, company) !== null) === domain && (givenPage(teller, company) !== null) === page,
    );
  return indexes.slice(1).find((index) => isTold(companyAt(index))) ?? -1;
}

/** Likewise the first person, by profile. */
function personTold(...wanted: readonly (readonly [DataSource, profile: boolean])[]): number {
  const isTold = (person: number) =>
    wanted.every(([teller, profile]) => (givenProfile(teller, person) !== null) === profile);
  return people.slice(1).find(isTold) ?? -1;
}

describe("answerKey: companies", () => {
  it("are none where nothing was given", () => {
    expect(answerKey({})).toEqual(counts(0, 0));
    expect(answerKey({ surfe: given([]) })).toEqual(counts(0, 0));
  });

  it("are one by their domain, whoever gave them, and however often", () => {
    const one = companyTold(["lusha", true, false], ["letrics", true, false]);
    expect(answerKey({ surfe: given([one]), lusha: given([one]), letrics: given([one]) })).toEqual(counts(1, 0));
    expect(answerKey({ surfe: given([one, one]), lusha: given([one, one + 1]) })).toEqual(counts(2, 0));
  });

  it("are one by their LinkedIn page where one of them names no domain", () => {
    const one = companyTold(["surfe", true, true], ["letrics", false, true]);
    expect(answerKey({ surfe: given([one]), letrics: given([one]) })).toEqual(counts(1, 0));
  });

  it("are two where they share no name, and one once a third shares with both", () => {
    const one = companyTold(["lusha", true, false], ["letrics", false, true], ["surfe", true, true]);
    expect(answerKey({ lusha: given([one]), letrics: given([one]) })).toEqual(counts(2, 0));
    expect(answerKey({ lusha: given([one]), letrics: given([one]), surfe: given([one]) })).toEqual(counts(1, 0));
  });

  it("are one provider's own where it names them by id alone", () => {
    const one = companyTold(["letrics", false, false], ["lusha", true, false]);
    expect(answerKey({ surfe: given([one]), letrics: given([one]), lusha: given([one]) })).toEqual(counts(2, 0));
  });
});

describe("answerKey: people", () => {
  it("are one by their profile, whoever gave them", () => {
    const one = personTold(["lookalikes", true], ["letrics", true]);
    const company = companyTold(["letrics", true, true], ["lookalikes", true, true]);
    expect(answerKey({ surfe: given([], [one]), linkup: given([], [one]) })).toEqual(counts(0, 1));
    expect(company).toBeGreaterThan(0);
    expect(
      answerKey({ linkup: given([], [one]), lookalikes: given([], [one]), letrics: given([], [one]) }).people,
    ).toBe(1);
  });

  it("are one provider's own where there is no profile, or none is named", () => {
    const without = people.find((person) => personAt(person).linkedInSlug === null) ?? -1;
    expect(answerKey({ surfe: given([], [without]), letrics: given([], [without]) }).people).toBe(2);
    const unnamed = personTold(["letrics", false], ["surfe", true]);
    expect(answerKey({ surfe: given([], [unnamed]), letrics: given([], [unnamed]) }).people).toBe(2);
  });

  it("are always Lusha's own from recommendations, but one with the same contact from lookalikes", () => {
    const one = personTold(["lookalikes", true]);
    expect(answerKey({ surfe: given([], [one]), lusha: given([], [one]) }).people).toBe(2);
    expect(answerKey({ lusha: given([], [one]), lookalikes: given([], [one]) }).people).toBe(1);
    expect(answerKey({ surfe: given([], [one]), lusha: given([], [one]), lookalikes: given([], [one]) }).people).toBe(
      1,
    );
  });
});

describe("answerKey: the companies people work at", () => {
  const domained = companyTold(["lusha", true, false]);
  const [person = -1] = peopleOf(domained);

  it("are known by Lusha's id alone until Lusha gives them, and joined by their fqdn from then on", () => {
    expect(answerKey({ lusha: given([], [person]) })).toEqual(counts(1, 1, 1));
    expect(answerKey({ lusha: given([], [person]), surfe: given([domained]) })).toEqual(counts(2, 1, 1));
    expect(answerKey({ lusha: given([domained], [person]), surfe: given([domained]) })).toEqual(counts(1, 1, 0));
  });

  it("stay Lusha's own where it gives no fqdn", () => {
    const fqdnless = indexes.slice(1).find((index) => givenDomain("lusha", companyAt(index)) === null) ?? -1;
    const [one = -1] = peopleOf(fqdnless);
    expect(answerKey({ lusha: given([fqdnless], [one]), surfe: given([fqdnless]) })).toEqual(counts(2, 1, 0));
  });

  it("are named by domain in lookalikes, and given whole by Letrics", () => {
    const company = companyTold(["lookalikes", true, true], ["letrics", true, true]);
    const [one = -1] = peopleOf(company);
    expect(answerKey({ lookalikes: given([], [one]), surfe: given([company]) })).toEqual(counts(1, 1, 0));
    expect(answerKey({ letrics: given([], [one]) })).toEqual(counts(1, 1, 0));
    expect(companyOf(one)).toBe(company);
  });

  it("are not known from LinkUp, and are Surfe's rows themselves", () => {
    expect(answerKey({ linkup: given([], [0]) })).toEqual(counts(0, 1));
    expect(answerKey({ surfe: given([0], [0]) })).toEqual(counts(1, 1));
  });
});

describe("ReturnedLog", () => {
  it("keeps each once, in the order it first came", () => {
    const log = new ReturnedLog();
    log.add({ companies: [2, 1] });
    log.add({ companies: [1, 3], people: [9, 9] });
    expect(log.returned()).toEqual({ companies: [2, 1, 3], people: [9] });
  });
});
