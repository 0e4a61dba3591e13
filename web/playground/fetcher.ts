import type { Fetcher } from "@graphiql/toolkit";
import { authorization, requestSignal } from "./session";

/** Sends what GraphiQL wants to know to this exchange, as whoever is signed in. */
export const fetcher: Fetcher = async (params, options) => {
  const headers = new Headers(options?.headers);
  headers.set("content-type", "application/json");
  headers.set("accept", "application/graphql-response+json, application/json;q=0.9");
  const signal = requestSignal();
  const mine = await authorization();
  if (mine) headers.set("authorization", mine);
  const response = await fetch("/graphql", {
    method: "POST",
    headers,
    body: JSON.stringify(params),
    // The schema is not figures: its request may outlive a change of identity.
    signal: params.operationName === "IntrospectionQuery" ? null : signal,
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return {
      errors: [
        { message: `The exchange answered ${response.status} without JSON: ${text.slice(0, 200)}` },
      ],
    };
  }
};
