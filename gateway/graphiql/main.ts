import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

const url = new URL("/graphql", location.href);
const subscriptionUrl = new URL(url);
subscriptionUrl.protocol = url.protocol.replace("http", "ws");

const QUESTION = `# Lentera's public API.
# Sign in first, then put this into Headers below:
#   { "authorization": "Bearer <accessToken>" }

mutation SignIn {
  signIn(input: {
    email: "student@nusantara.test"
    password: "lentera-demo"
  }) {
    accessToken
    user { fullName role }
  }
}

query Tryouts {
  tryouts(first: 5) {
    edges {
      node { id title durationMinutes }
    }
  }
}
`;

const container = document.getElementById("graphiql");
if (container === null) throw new Error("The page has no place for GraphiQL.");
createRoot(container).render(
  createElement(GraphiQL, {
    fetcher: createGraphiQLFetcher({ url: url.href, subscriptionUrl: subscriptionUrl.href }),
    defaultQuery: QUESTION,
    shouldPersistHeaders: false,
  }),
);
