import { useQuery } from "@apollo/client/react";
import type { ReactElement } from "react";
import { PlusIcon } from "../ui/icons";
import { PageLink } from "../ui/page-link";
import { profileName } from "./profile-names";
import { ProfilesQuery } from "./profiles.query";
import { addressOf, type ChosenUser } from "./use-chosen-user";

interface ProfileListProps {
  /** `undefined` where none is looked at. */
  readonly chosen: ChosenUser;
  readonly create: () => void;
}

/** The saved profiles, to choose one of. */
export function ProfileList({ chosen, create }: ProfileListProps): ReactElement {
  const { data, fetchMore } = useQuery(ProfilesQuery);
  const { edges = [], pageInfo } = data?.icps ?? {};
  return (
    <nav className="panel" aria-labelledby="profiles-title">
      <div className="panel-head">
        <h2 id="profiles-title" className="panel-title">
          Profiles
        </h2>
        <button type="button" className="button small" onClick={create}>
          <PlusIcon />
          New profile
        </button>
      </div>
      {data ? null : <span className="skeleton" aria-hidden="true" />}
      {data && edges.length === 0 ? <p className="quiet">None has been saved yet.</p> : null}
      <ul className="profiles">
        {edges.map(({ node }) => (
          <li key={node.id}>
            <ProfileLink user={node.externalUserId ?? null} isChosen={(node.externalUserId ?? null) === chosen} />
          </li>
        ))}
      </ul>
      {pageInfo?.hasNextPage ? (
        <button
          type="button"
          className="button small"
          onClick={() => void fetchMore({ variables: { after: pageInfo.endCursor ?? null } })}
        >
          More profiles
        </button>
      ) : null}
    </nav>
  );
}

interface ProfileLinkProps {
  readonly user: string | null;
  readonly isChosen: boolean;
}

function ProfileLink({ user, isChosen }: ProfileLinkProps): ReactElement {
  return (
    <PageLink to={addressOf(user)} className="profile-link" isCurrent={isChosen}>
      {profileName(user)}
    </PageLink>
  );
}
