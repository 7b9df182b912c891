import type { ReactElement } from "react";
import { graphql, readFragment, type FragmentType } from "../generated";
import { Disclosure } from "../ui/disclosure";
import { ExternalLink } from "../ui/external-link";
import { formatCountry, formatNumber } from "../ui/format";
import { Card, type RecommendationParts } from "./card";
import { Sources } from "./sources";

const PersonCardDocument = graphql(`
  fragment PersonCard on Person {
    id
    fullName
    jobTitle
    headline
    departments
    seniorities
    country
    location
    linkedinUrl
    company {
      id
      name
      domain
    }
    sources {
      ...SourceRow
    }
  }
`);

interface PersonCardProps extends RecommendationParts {
  readonly person: FragmentType<typeof PersonCardDocument>;
}

export function PersonCard({ person, ...parts }: PersonCardProps): ReactElement {
  const node = readFragment(PersonCardDocument, person);
  const name = node.fullName ?? "A person without a name";
  const employer = node.company?.name ?? node.company?.domain;
  const place = node.location ?? (node.country && formatCountry(node.country));
  return (
    <Card
      {...parts}
      kind="person"
      name={name}
      facts={[
        ...(node.jobTitle ? [{ name: "title", value: node.jobTitle }] : []),
        ...(employer ? [{ name: "employer", value: `at ${employer}` }] : []),
        ...(place ? [{ name: "place", value: place }] : []),
        ...(node.linkedinUrl
          ? [
              {
                name: "linkedin",
                value: (
                  <ExternalLink href={node.linkedinUrl} label={`${name} on LinkedIn`}>
                    LinkedIn
                  </ExternalLink>
                ),
              },
            ]
          : []),
      ]}
      description={node.headline ?? null}
      tags={[...new Set([...node.seniorities, ...node.departments])]}
      disclosures={
        <Disclosure label="Sources" detail={formatNumber(node.sources.length)}>
          {() => <Sources sources={node.sources} of={name} />}
        </Disclosure>
      }
    />
  );
}
