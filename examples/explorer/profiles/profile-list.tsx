import { useQuery } from "@apollo/client/react";
import type { MouseEvent, ReactElement } from "react";
import { PlusIcon } from "../ui/icons";
import { profileName } from "./profile-names";
import { ProfilesQuery } from "./profiles.query";
import { addressOf, chooseUser, type ChosenUser } from "./use-chosen-user";

interface ProfileListProps {
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

/** A true link, that a new tab can be opened from; in this tab it does not load the page anew. */
function ProfileLink({ user, isChosen }: ProfileLinkProps): ReactElement {
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    chooseUser(user);
  };
  return (
    <a className="profile-link" href={addressOf(user)} aria-current={isChosen ? "true" : undefined} onClick={follow}>
      {profileName(user)}
    </a>
  );
}
