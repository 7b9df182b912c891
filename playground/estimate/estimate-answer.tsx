import { useGraphiQL } from "@graphiql/react";
import type { ReactElement } from "react";
import { estimateWords } from "./estimate-words";

/** Below the response editor: the estimate that it holds, in words; empty where it holds anything else. */
export function EstimateAnswer(): ReactElement {
  const response = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.response ?? null);
  const words = estimateWords(response);
  return (
    <div role="status" aria-label="Estimate" className="estimate">
      {words ? (
        <>
          <p>{words.summary}</p>
          <ul>
            {words.providers.map((provider) => (
              <li key={provider}>{provider}</li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}
