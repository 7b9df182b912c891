import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "@graphiql/plugin-explorer/style.css";
import "./playground.css";
import "./key/key-bar.css";
import { explorerPlugin } from "@graphiql/plugin-explorer";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { createRoot } from "react-dom/client";
import { EstimateAnswer } from "./estimate/estimate-answer";
import { EstimateButton } from "./estimate/estimate-button";
import { examplesPlugin } from "./examples-plugin";
import { createFetcher } from "./fetcher";
import { KeyBar } from "./key/key-bar";
import { SchemaForKey } from "./key/schema-for-key";
import { greeting } from "./operations";
import { RoomForPanels } from "./room-for-panels";
import { withoutHeaders } from "./storage";

const container = document.getElementById("playground");
if (!container) throw new Error("the page has no #playground");

const keyContainer = document.getElementById("key");
if (!keyContainer) throw new Error("the page has no #key");
createRoot(keyContainer).render(<KeyBar />);

// on a first visit GraphiQL fills the variables editor from here, not from the first tab; later on, from its storage
const isFirstVisit = localStorage.getItem("graphiql:tabState") === null;
const initialVariables = isFirstVisit ? { initialVariables: greeting[0].variables } : {};

// comments are allowed there; what is typed in stays in the page, see withoutHeaders
const defaultHeaders = `{
  // Sent with this tab's operation, kept nowhere.
  // "x-linkup-login-token": "of your account at LinkUp"
}`;

const { fetcher, estimate } = createFetcher("/graphql");
const plugins = [examplesPlugin, explorerPlugin(), HISTORY_PLUGIN];

createRoot(container).render(
  <GraphiQL
    fetcher={fetcher}
    storage={withoutHeaders(localStorage)}
    defaultTabs={[...greeting]}
    {...initialVariables}
    plugins={plugins}
    defaultHeaders={defaultHeaders}
    isHeadersEditorEnabled
    shouldPersistHeaders={false}
    defaultEditorToolsVisibility="variables"
    schemaDescription
  >
    <GraphiQL.Logo>Tributary</GraphiQL.Logo>
    <GraphiQL.Toolbar>
      {({ prettify, merge, copy }) => (
        <>
          <EstimateButton estimate={estimate} />
          {prettify}
          {merge}
          {copy}
        </>
      )}
    </GraphiQL.Toolbar>
    <GraphiQL.Footer>
      <EstimateAnswer />
    </GraphiQL.Footer>
    <RoomForPanels />
    <SchemaForKey />
  </GraphiQL>,
);
