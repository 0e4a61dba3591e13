/** The two requests behind a sign-in: a token from the demo issuer, and the exchange's word on whom it belongs to. */
export interface Token {
  value: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

export interface Viewer {
  id: string;
  partner: { code: string; name: string; kind: string } | null;
  roles: string[];
}

interface Refusal {
  message?: string;
}

/** OAuth 2 client credentials; in the demo every client's secret is `demo`. */
export async function requestToken(clientId: string): Promise<Token> {
  const response = await fetch("/oauth/token", {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: "demo",
    }),
  });
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (!response.ok || typeof answer.access_token !== "string") {
    const why = answer.error_description ?? answer.error ?? `status ${response.status}`;
    throw new Error(`Could not sign in as ${clientId}: ${String(why)}.`);
  }
  const lifetime = typeof answer.expires_in === "number" ? answer.expires_in : 300;
  return { value: answer.access_token, expiresAt: Date.now() + lifetime * 1000 };
}

export async function askViewer(token: Token): Promise<Viewer> {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token.value}` },
    body: JSON.stringify({
      query: "query Viewer { viewer { id partner { code name kind } roles } }",
    }),
  });
  const answer = (await response.json().catch(() => ({}))) as {
    data?: { viewer?: Viewer };
    errors?: Refusal[];
  };
  if (answer.data?.viewer) return answer.data.viewer;
  throw new Error(
    `The token was not accepted: ${answer.errors?.[0]?.message ?? `status ${response.status}`}`,
  );
}
