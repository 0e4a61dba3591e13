import { Client } from "pg";
import pino from "pino";
import { type Exchange, type ExchangeOptions, startExchange } from "../../exchange/exchange";
import { cloneDatabase, type TestDatabase, WORLD } from "./database";

export interface Answer {
  status: number;
  data: any;
  errors:
    | { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[]
    | undefined;
  /** The bytes, for tests of sameness. */
  text: string;
}

export interface ExchangeUnderTest {
  url: string;
  databaseUrl: string;
  running: Exchange;
  /** An access token from the demo's token endpoint. */
  token(clientId: string): Promise<string>;
  /** Asks as a demo client, or as nobody. */
  ask(clientId: string | null, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** A connection as the owner of the tables, who is bound by no rule; closed with the exchange. */
  openOwner(): Promise<Client>;
  /** Stops, and leaves the database as it is. */
  leave(): Promise<void>;
  stop(): Promise<void>;
}

/** The whole exchange with the demo world on a database and a port of its own: no part of it is replaced. */
export async function openExchange(
  options: Partial<ExchangeOptions> = {},
): Promise<ExchangeUnderTest> {
  return openExchangeOn(await cloneDatabase(WORLD), options);
}

/**
 * The same on a database that the test has made.
 * @param start in this process, unless the test has another for it
 */
export async function openExchangeOn(
  database: TestDatabase,
  options: Partial<ExchangeOptions> = {},
  start: (options: ExchangeOptions) => Promise<Exchange> = startExchange,
): Promise<ExchangeUnderTest> {
  const logger = pino({ level: process.env.TEST_LOG ?? "silent" });
  const running = await start({ port: 0, databaseUrl: database.url, logger, ...options });
  const tokens = new Map<string, string>();
  const owners: Client[] = [];
  const exchange: ExchangeUnderTest = {
    url: running.url,
    databaseUrl: database.url,
    running,
    async token(clientId) {
      const known = tokens.get(clientId) ?? (await requestToken(running.url, clientId));
      tokens.set(clientId, known);
      return known;
    },
    async ask(clientId, query, variables) {
      const headers: Record<string, string> = { "content-type": "application/json" };
      if (clientId !== null) headers.authorization = `Bearer ${await exchange.token(clientId)}`;
      const body = JSON.stringify({ query, variables });
      const response = await fetch(`${running.url}/graphql`, { method: "POST", headers, body });
      const text = await response.text();
      const { data, errors } = JSON.parse(text);
      return { status: response.status, data, errors, text };
    },
    async openOwner() {
      const client = new Client({ connectionString: database.url });
      await client.connect();
      owners.push(client);
      return client;
    },
    async leave() {
      await Promise.all(owners.map((client) => client.end()));
      await running.stop();
    },
    async stop() {
      await exchange.leave();
      await database.drop();
    },
  };
  return exchange;
}

export async function requestToken(url: string, clientId: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: "demo",
  });
  const headers = { connection: "close" }; // one that was kept may just be closing
  const response = await fetch(`${url}/oauth/token`, { method: "POST", body, headers });
  const { access_token: token } = (await response.json()) as { access_token?: string };
  if (!token) throw new Error(`no token for ${clientId}`);
  return token;
}
