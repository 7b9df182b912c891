import { companyFactsAt } from "../catalogue/companies";
import type { Calendar } from "./calendar";
import { matchesCompany } from "./surfe-matching";
import type { Profile } from "./surfe-profiles";
import { rankIn } from "./ranking";

/** The list of a profile for one day: catalogue indexes, best first. It does not change. */
export interface DayList {
  readonly day: number;
  /** The profile that it was made for; it may have been replaced since. */
  readonly profile: Profile;
  readonly generatedAt: string;
  readonly companies: readonly number[];
}

/** The list of each profile for the current day, made at the first request. */
export class DayLists {
  private readonly byOwner = new Map<string, DayList>();

  constructor(private readonly calendar: Calendar) {}

  /**
   * @param known - Number of companies that Surfe knows. @param seenBefore - Companies seen on earlier days, which are left
   *   out.
   */
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

  /** Makes the next fetch create a new list. */
  discard(profile: Profile): void {
    this.byOwner.delete(profile.owner);
  }
}

/** The companies that match the profile's criteria, highest rank first. */
function ranked(profile: Profile, known: number): readonly number[] {
  const matching: { readonly company: number; readonly rank: number }[] = [];
  for (let company = 0; company < known; company += 1) {
    if (!matchesCompany(companyFactsAt(company), profile.filters.companies)) continue;
    matching.push({ company, rank: rankIn(profile, company) });
  }
  return matching.sort((one, other) => other.rank - one.rank).map(({ company }) => company);
}
