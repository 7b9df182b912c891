import type { ReactElement } from "react";
import { graphql, readFragment, type FragmentType } from "../generated";
import { formatNumber } from "../ui/format";

const ProfileSummaryDocument = graphql(`
  fragment ProfileSummary on ICP {
    id
    companies {
      industries
      primaryLocations
      employeeCount {
        from
        to
      }
      revenue {
        from
        to
      }
    }
    people {
      countries
      departments
      jobTitles
      seniorities
    }
    exampleCompanies {
      id
      name
      domain
    }
    examplePeople {
      id
      fullName
      linkedinUrl
    }
  }
`);

interface ProfileSummaryProps {
  readonly profile: FragmentType<typeof ProfileSummaryDocument>;
}

/** Whom a profile looks for, criterion by criterion; those it does not have are left out. */
export function ProfileSummary({ profile }: ProfileSummaryProps): ReactElement {
  const { companies, people, exampleCompanies, examplePeople } = readFragment(ProfileSummaryDocument, profile);
  const criteria = [
    { name: "Industries", values: companies.industries },
    { name: "Located in", values: companies.primaryLocations },
    { name: "Employees", values: rangeOf(companies.employeeCount ?? null) },
    { name: "Revenue, US$", values: rangeOf(companies.revenue ?? null) },
    { name: "People in", values: people.countries },
    { name: "Departments", values: people.departments },
    { name: "Job titles", values: people.jobTitles },
    { name: "Seniorities", values: people.seniorities },
    { name: "Companies like", values: exampleCompanies.map(({ name, domain }) => name ?? domain ?? BY_ID) },
    { name: "People like", values: examplePeople.map(({ fullName, linkedinUrl }) => fullName ?? slugOf(linkedinUrl)) },
  ].filter(({ values }) => values.length > 0);
  if (criteria.length === 0) return <p className="quiet">No criteria: everything fits.</p>;
  return (
    <dl className="criteria">
      {criteria.map(({ name, values }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{values.join(", ")}</dd>
        </div>
      ))}
    </dl>
  );
}

/** An example that nobody has told anything of yet. */
const BY_ID = "one named by its id";

interface Range {
  readonly from?: number | null;
  readonly to?: number | null;
}

function rangeOf(range: Range | null): readonly string[] {
  if (range?.from == null) return range?.to == null ? [] : [`up to ${formatNumber(range.to)}`];
  return [
    range.to == null
      ? `${formatNumber(range.from)} or more`
      : `${formatNumber(range.from)} to ${formatNumber(range.to)}`,
  ];
}

function slugOf(linkedinUrl: string | null | undefined): string {
  return linkedinUrl?.split("/").at(-1) ?? BY_ID;
}
