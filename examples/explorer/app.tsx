import { useQuery } from "@apollo/client/react";
import { lazy, Suspense, useState, type ReactElement } from "react";
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
import { SPENDING_ADDRESS, useIsSpending } from "./spending/spending-address";
import { Mark } from "./ui/icons";
import { PageLink } from "./ui/page-link";
import { ThemeToggle } from "./ui/theme-toggle";

/** Loaded once it is looked at: it brings a chart library. */
const SpendingPage = lazy(async () => ({ default: (await import("./spending/spending-page")).SpendingPage }));

/** The page: a bar, a column to choose in, and what was chosen. */
export function App(): ReactElement {
  const named = useChosenUser();
  const isSpending = useIsSpending();
  const [isCreating, setCreating] = useState(false);
  const create = (): void => setCreating(true);
  const isKeyNeeded = useKeyNeeded();
  const { data, error, refetch } = useQuery(ProfilesQuery);
  const first = data?.icps.edges[0]?.node;
  const isUnsaid = named === undefined && !isSpending;
  const chosen: ChosenUser = isUnsaid && first ? (first.externalUserId ?? null) : named;
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <Bar isSpending={isSpending} />
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
          {isSpending ? <Spending /> : null}
          {!data && !error && isUnsaid ? <CardSkeletons /> : null}
          {data && isUnsaid && chosen === undefined ? <Welcome create={create} /> : null}
          {chosen === undefined ? null : <ProfilePage key={String(chosen)} user={chosen} />}
        </main>
      </div>
      {isCreating ? <ProfileDialog profile={null} close={() => setCreating(false)} /> : null}
    </>
  );
}

function Spending(): ReactElement {
  return (
    <Suspense fallback={<CardSkeletons />}>
      <SpendingPage />
    </Suspense>
  );
}

interface BarProps {
  readonly isSpending: boolean;
}

function Bar({ isSpending }: BarProps): ReactElement {
  return (
    <header className="bar">
      <h1 className="brand">
        <Mark />
        Tributary <span className="quiet">explorer</span>
      </h1>
      <PageLink to={SPENDING_ADDRESS} className="bar-link" isCurrent={isSpending}>
        Spending
      </PageLink>
      <a className="bar-link" href="/graphql">
        Playground
      </a>
      <ThemeToggle />
    </header>
  );
}
