import { companyFactsAt } from "../catalogue/companies";
import type { Calendar } from "./calendar";
import { matchesCompany } from "./surfe-matching";
import type { Profile } from "./surfe-profiles";
import { rankIn } from "./ranking";

/** What a profile is offered on a day: catalogue indexes, best first. Fixed once it is made. */
export interface DayList {
  readonly day: number;
  /** The profile it was made for, which may have been replaced since. */
  readonly profile: Profile;
  readonly generatedAt: string;
  readonly companies: readonly number[];
}

/** Each profile's list of the day, made when first asked for. */
export class DayLists {
  private readonly byOwner = new Map<string, DayList>();

  constructor(private readonly calendar: Calendar) {}

  /** @param known - How many companies Surfe knows. @param seenBefore - Those of earlier days, which stay out. */
  today(profile: Profile, known: number, seenBefore: () => ReadonlySet<number>): DayList {
    const day = this.calendar.day();
    const current = this.byOwner.get(profile.owner);
    if (current?.day === day) return current;
    const seen = seenBefore();
    const companies = ranked(profile, known).filter((company) => !seen.has(company));
    const list = { day, profile, generatedAt: this.calendar.timestamp(), companies };
    this.byOwner.set(profile.owner, list);
    return list;
  }

  /** The next fetch makes another list. */
  discard(profile: Profile): void {
    this.byOwner.delete(profile.owner);
  }
}

/** The companies that meet the profile's criteria, the highest rank first. */
function ranked(profile: Profile, known: number): readonly number[] {
  const matching: { readonly company: number; readonly rank: number }[] = [];
  for (let company = 0; company < known; company += 1) {
    if (!matchesCompany(companyFactsAt(company), profile.filters.companies)) continue;
    matching.push({ company, rank: rankIn(profile, company) });
  }
  return matching.sort((one, other) => other.rank - one.rank).map(({ company }) => company);
}
