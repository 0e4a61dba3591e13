import { Option } from "commander";
import { CommandError, EXIT } from "./exit";

/** How a command finds the exchange and signs in. */
export interface Access {
  readonly url: string;
  readonly token?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
}

/** The same options for every command that asks the exchange. */
export function accessOptions(): Option[] {
  return [
    new Option("--url <url>", "the exchange").env("ACCORD_URL").default("http://127.0.0.1:4000"),
    new Option("--token <token>", "an access token, if you have one").env("ACCORD_TOKEN"),
    new Option("--client-id <id>", "or the client to sign in as").env("ACCORD_CLIENT_ID"),
    new Option("--client-secret <secret>", "and its secret").env("ACCORD_CLIENT_SECRET"),
  ];
}

export interface Client {
  readonly url: string;
  /** Asks, and gives up with the exchange's own words where it refuses. */
  ask<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** Any other address of the exchange, signed in. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

export async function signIn(access: Access): Promise<Client> {
  const url = access.url.replace(/\/+$/, "");
  const token = access.token ?? (await requestToken(url, access));
  const send = (path: string, init: RequestInit = {}) =>
    reach(`${url}${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${token}` },
    });
  return {
    url,
    fetch: send,
    async ask<Data>(query: string, variables?: Record<string, unknown>) {
      const headers = { "content-type": "application/json" };
      const response = await send("/graphql", {
        method: "POST",
        headers,
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as Answer<Data>;
      if (errors?.[0]) throw refusal(errors[0]);
      return data as Data;
    },
  };
}

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

const NOT_ALLOWED = new Set(["UNAUTHENTICATED", "TOKEN_EXPIRED", "FORBIDDEN"]);

function refusal({
  message,
  extensions,
}: NonNullable<Answer<unknown>["errors"]>[number]): CommandError {
  const code = extensions?.code ?? "";
  if (NOT_ALLOWED.has(code)) return new CommandError(EXIT.notAllowed, message);
  if (code === "SUBGRAPH_UNAVAILABLE") return new CommandError(EXIT.unreachable, message);
  return new CommandError(EXIT.notValid, message);
}

/** Why an address other than the graph's refuses, by its status. */
export function refusedWith(status: number, message: string): CommandError {
  if (status === 401 || status === 403) return new CommandError(EXIT.notAllowed, message);
  return new CommandError(status === 400 ? EXIT.usage : EXIT.unreachable, message);
}

async function requestToken(url: string, { clientId, clientSecret }: Access): Promise<string> {
  if (!clientId || !clientSecret) {
    throw new CommandError(
      EXIT.usage,
      "Sign in with --token, or with --client-id and --client-secret.",
    );
  }
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  });
  const response = await reach(`${url}/oauth/token`, { method: "POST", body });
  const { access_token: token, error_description: why } = (await response.json()) as Record<
    string,
    string
  >;
  if (token) return token;
  throw new CommandError(
    EXIT.notAllowed,
    `The exchange does not let ${clientId} in. ${why ?? ""}`.trim(),
  );
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch {
    throw new CommandError(
      EXIT.unreachable,
      `The exchange at ${new URL(address).origin} does not answer. Check --url.`,
    );
  }
}
