import type { ReactElement } from "react";
import { graphql, readFragment, type FragmentType } from "../generated";
import { ExternalLink } from "../ui/external-link";

const PersonRowDocument = graphql(`
  fragment PersonRow on Person {
    id
    fullName
    jobTitle
    seniorities
    isDecisionMaker
    linkedinUrl
  }
`);

interface PersonRowProps {
  readonly person: FragmentType<typeof PersonRowDocument>;
}

export function PersonRow({ person }: PersonRowProps): ReactElement {
  const { fullName, jobTitle, seniorities, isDecisionMaker, linkedinUrl } = readFragment(PersonRowDocument, person);
  const name = fullName ?? "A person without a name";
  return (
    <li className="person" tabIndex={-1}>
      <strong className="person-name">{name}</strong>
      <span className="person-title">{jobTitle ?? "No title known"}</span>
      <span className="person-tags">
        {seniorities.map((seniority) => (
          <span key={seniority} className="tag">
            {seniority}
          </span>
        ))}
        {isDecisionMaker ? <span className="tag strong">Decides</span> : null}
      </span>
      {linkedinUrl ? (
        <ExternalLink href={linkedinUrl} label={`${name} on LinkedIn`}>
          LinkedIn
        </ExternalLink>
      ) : null}
    </li>
  );
}
