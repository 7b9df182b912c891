import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/controls.css";
import "./styles/cards.css";
import "./styles/form.css";
import "./styles/spending.css";
import "../../playground/key/key-bar.css";
import { ApolloProvider } from "@apollo/client/react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { createClient } from "./client/apollo-client";
import { priceLink } from "./recommendations/price-link";
import { ErrorBoundary } from "./ui/error-boundary";
import { applyTheme, rememberedTheme } from "./ui/theme";

applyTheme(rememberedTheme());

const container = document.getElementById("explorer");
if (!container) throw new Error("the page has no #explorer");

createRoot(container).render(
  <ErrorBoundary>
    <ApolloProvider client={createClient("/graphql", priceLink)}>
      <App />
    </ApolloProvider>
  </ErrorBoundary>,
);
