import { useQuery } from "@apollo/client/react";
import { useState, type ReactElement } from "react";
import { KeyBar } from "../../playground/key/key-bar";
import { issuesOf } from "./client/failure";
import { useKeyNeeded } from "./client/use-key";
import { ProfilePage } from "./profile-page";
import { ProfileDialog } from "./profiles/profile-dialog";
import { ProfileList } from "./profiles/profile-list";
import { ProfilesQuery } from "./profiles/profiles.query";
import { useChosenUser, type ChosenUser } from "./profiles/use-chosen-user";
import { Welcome } from "./profiles/welcome";
import { ProviderPanel } from "./providers/provider-panel";
import { CardSkeletons } from "./recommendations/card-skeletons";
import { IssueBanner } from "./recommendations/issue-banner";
import { SandboxPanel } from "./sandbox/sandbox-panel";
import { Mark } from "./ui/icons";
import { ThemeToggle } from "./ui/theme-toggle";

/** The page: a bar, a column to choose in, and what was chosen. */
export function App(): ReactElement {
  const named = useChosenUser();
  const [isCreating, setCreating] = useState(false);
  const create = (): void => setCreating(true);
  const isKeyNeeded = useKeyNeeded();
  const { data, error, refetch } = useQuery(ProfilesQuery);
  const first = data?.icps.edges[0]?.node;
  const chosen: ChosenUser = named === undefined && first ? (first.externalUserId ?? null) : named;
  return (
    <>
      <a className="skip" href="#content">
        Skip to the recommendations
      </a>
      <Bar />
      <KeyBar />
      <div className="columns" hidden={isKeyNeeded}>
        <div className="rail">
          <ProfileList chosen={chosen} create={create} />
          <ProviderPanel />
          <SandboxPanel />
        </div>
        <main id="content" tabIndex={-1}>
          {error ? (
            <IssueBanner title="The profiles cannot be read" issues={issuesOf(error)} retry={() => void refetch()} />
          ) : null}
          {!data && !error && chosen === undefined ? <CardSkeletons /> : null}
          {data && chosen === undefined ? <Welcome create={create} /> : null}
          {chosen === undefined ? null : <ProfilePage key={String(chosen)} user={chosen} />}
        </main>
      </div>
      {isCreating ? <ProfileDialog profile={null} close={() => setCreating(false)} /> : null}
    </>
  );
}

function Bar(): ReactElement {
  return (
    <header className="bar">
      <h1 className="brand">
        <Mark />
        Tributary <span className="quiet">explorer</span>
      </h1>
      <a className="bar-link" href="/graphql">
        Playground
      </a>
      <ThemeToggle />
    </header>
  );
}
