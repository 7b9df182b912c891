import { useApolloClient } from "@apollo/client/react";
import { useState, type ReactElement } from "react";
import { issuesOf } from "../client/failure";
import { graphql, readFragment, type FragmentType } from "../generated";
import { useFocusOnNext } from "../ui/use-focus-on-next";
import { PersonRow } from "./person-row";

const PeoplePageDocument = graphql(`
  fragment PeoplePage on PersonConnection {
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      cursor
      node {
        id
        ...PersonRow
      }
    }
  }
`);

const MorePeopleQuery = graphql(`
  query MorePeople($company: ID!, $after: String) {
    node(id: $company) {
      id
      ... on Company {
        people(first: 10, after: $after) {
          totalCount
          ...PeoplePage
        }
      }
    }
  }
`);

interface PeopleProps {
  readonly companyId: string;
  readonly companyName: string;
  /** `null` where they could not be read. */
  readonly people: FragmentType<typeof PeoplePageDocument> | null;
}

/** How the page that was asked for last fares. */
type Progress = { readonly kind: "idle" | "loading" } | { readonly kind: "failed"; readonly message: string };

/** Who works there, a page at a time: the next one joins the list in the cache, by the company's id. */
export function People({ companyId, companyName, people }: PeopleProps): ReactElement {
  const client = useApolloClient();
  const [progress, setProgress] = useState<Progress>({ kind: "idle" });
  const page = readFragment(PeoplePageDocument, people);
  const { list, focusNext } = useFocusOnNext<HTMLUListElement>(page?.edges.length ?? 0);
  if (page === null) return <p className="quiet">The people there cannot be read at the moment.</p>;

  const after = page.pageInfo.endCursor ?? null;
  const loadMore = async (): Promise<void> => {
    if (progress.kind === "loading") return;
    setProgress({ kind: "loading" });
    focusNext();
    setProgress(
      await client.query({ query: MorePeopleQuery, variables: { company: companyId, after } }).then(
        (): Progress => ({ kind: "idle" }),
        (error: unknown): Progress => ({ kind: "failed", message: issuesOf(error)[0].message }),
      ),
    );
  };
  return (
    <>
      <ul className="people" ref={list} aria-label={`People at ${companyName}`}>
        {page.edges.map(({ node }) => (
          <PersonRow key={node.id} person={node} />
        ))}
      </ul>
      {page.pageInfo.hasNextPage ? (
        <button type="button" className="button small" onClick={() => void loadMore()}>
          {progress.kind === "loading" ? "Loading…" : "More people"}
          <span className="unseen"> at {companyName}</span>
        </button>
      ) : null}
      <p role="status" className="problem">
        {progress.kind === "failed" ? progress.message : null}
      </p>
    </>
  );
}
