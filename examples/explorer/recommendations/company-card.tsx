import type { ReactElement } from "react";
import { graphql, readFragment, type FragmentType } from "../generated";
import type { CompanyCardFragment } from "../generated/graphql";
import { Disclosure } from "../ui/disclosure";
import { ExternalLink } from "../ui/external-link";
import { formatCount, formatCountry, formatNumber } from "../ui/format";
import { Card, type RecommendationParts } from "./card";
import { People } from "./people";
import { Sources } from "./sources";

const CompanyCardDocument = graphql(`
  fragment CompanyCard on Company {
    id
    name
    domain
    linkedinUrl
    description
    industries
    employeeCount
    employeeRange
    yearFounded
    headquarters {
      locality
      country
    }
    people(first: 3) {
      totalCount
      ...PeoplePage
    }
    sources {
      ...SourceRow
    }
  }
`);

interface CompanyCardProps extends RecommendationParts {
  readonly company: FragmentType<typeof CompanyCardDocument>;
}

export function CompanyCard({ company, ...parts }: CompanyCardProps): ReactElement {
  const node = readFragment(CompanyCardDocument, company);
  const name = node.name ?? node.domain ?? "A company without a name";
  const count = node.people?.totalCount;
  return (
    <Card
      {...parts}
      kind="company"
      name={name}
      facts={factsOf(node)}
      description={node.description ?? null}
      tags={node.industries}
      disclosures={
        <>
          {count === 0 ? null : (
            <Disclosure label="People" detail={count == null ? undefined : formatNumber(count)}>
              {() => <People companyId={node.id} companyName={name} people={node.people ?? null} />}
            </Disclosure>
          )}
          <Disclosure label="Sources" detail={formatNumber(node.sources.length)}>
            {() => <Sources sources={node.sources} of={name} />}
          </Disclosure>
        </>
      }
    />
  );
}

type Facts = readonly { readonly name: string; readonly value: ReactElement | string }[];

function factsOf({ domain, linkedinUrl, headquarters, ...node }: CompanyCardFragment): Facts {
  const place = [headquarters?.locality, headquarters?.country && formatCountry(headquarters.country)].filter(Boolean);
  return [
    ...(domain ? [{ name: "domain", value: <ExternalLink href={`https://${domain}`}>{domain}</ExternalLink> }] : []),
    ...(!domain && linkedinUrl
      ? [{ name: "linkedin", value: <ExternalLink href={linkedinUrl}>LinkedIn</ExternalLink> }]
      : []),
    ...(place.length > 0 ? [{ name: "place", value: place.join(", ") }] : []),
    ...sizeOf(node.employeeCount ?? null, node.employeeRange ?? null),
    ...(node.yearFounded ? [{ name: "founded", value: `since ${String(node.yearFounded)}` }] : []),
  ];
}

/** The number where there is one; providers' ranges may contradict it. */
function sizeOf(count: number | null, range: string | null): Facts {
  if (count !== null) return [{ name: "size", value: formatCount(count, "employee", "employees") }];
  return range === null ? [] : [{ name: "size", value: `${range.replace("-", "–")} employees` }];
}
