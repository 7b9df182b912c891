import { useQuery } from "@apollo/client/react";
import { useState, type ReactElement } from "react";
import { issuesOf } from "./client/failure";
import type { Provider } from "./generated/graphql";
import { ProfileDialog } from "./profiles/profile-dialog";
import { profileName } from "./profiles/profile-names";
import { ProfileQuery } from "./profiles/profile.query";
import { ProfileSummary } from "./profiles/profile-summary";
import { CardSkeletons } from "./recommendations/card-skeletons";
import { IssueBanner } from "./recommendations/issue-banner";
import { ProviderFilter } from "./recommendations/provider-filter";
import { RecommendationList } from "./recommendations/recommendation-list";

interface ProfilePageProps {
  /** `null` is the profile without a name. */
  readonly user: string | null;
}

/** One profile: whom it looks for, and who is recommended for it. Give it a `key` for each user. */
export function ProfilePage({ user }: ProfilePageProps): ReactElement {
  const { data, error, refetch } = useQuery(ProfileQuery, { variables: { user } });
  const [providers, setProviders] = useState<readonly Provider[] | null>(null);
  const [isChanging, setChanging] = useState(false);
  const profile = data?.icp;
  if (error) {
    return <IssueBanner title="The profile cannot be read" issues={issuesOf(error)} retry={() => void refetch()} />;
  }
  if (profile === null) return <p className="notice">There is no profile for {profileName(user)}.</p>;
  return (
    <>
      <div className="page-head">
        <div className="page-title">
          <h2>{profileName(user)}</h2>
          <button type="button" className="button small" onClick={() => setChanging(profile !== undefined)}>
            Change
          </button>
        </div>
        {profile ? <ProfileSummary profile={profile} /> : <span className="skeleton" aria-hidden="true" />}
        <ProviderFilter chosen={providers} choose={setProviders} />
      </div>
      {profile ? (
        <RecommendationList key={[profile.updatedAt, ...(providers ?? [])].join()} user={user} providers={providers} />
      ) : (
        <CardSkeletons />
      )}
      {isChanging && profile ? <ProfileDialog profile={profile} close={() => setChanging(false)} /> : null}
    </>
  );
}
