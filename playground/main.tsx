import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./playground.css";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import { createFetcher } from "./fetcher";
import { greeting } from "./operations";

const container = document.getElementById("playground");
if (!container) throw new Error("the page has no #playground");

// on a first visit GraphiQL fills the variables editor from here, not from the first tab; later on, from its storage
const isFirstVisit = localStorage.getItem("graphiql:tabState") === null;
const initialVariables = isFirstVisit ? { initialVariables: greeting[0].variables } : {};

createRoot(container).render(
  <GraphiQL
    fetcher={createFetcher("/graphql")}
    defaultTabs={[...greeting]}
    {...initialVariables}
    defaultEditorToolsVisibility="variables"
    schemaDescription
  >
    <GraphiQL.Logo>Tributary</GraphiQL.Logo>
  </GraphiQL>,
);
