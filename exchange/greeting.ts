import type { DemoIdentity } from "../gateway/demo-issuer";

const QUERY = `query Compare {
  series(reporters: ["HUN"], indicators: ["ASY"], from: "2015-Q3", to: "2015-Q4", by: [CITIZENSHIP], citizenships: ["AFG"]) {
    reporter { name }  citizenship { name }  periods  values  statuses  withheld { reason }
  }
}`;

const SEES = "frontex-analyst";
const SEES_NOT = "srb-analyst";

/** What a newcomer reads first: where everything is, who one can be, and one question with two answers, really asked. */
export async function greeting(url: string, identities: readonly DemoIdentity[]): Promise<string> {
  const answers = await Promise.all(
    [SEES, SEES_NOT].map(async (client) => `as ${client}:\n${await ask(url, client)}`),
  );
  const partners = [
    ...new Set(
      identities.filter(({ id }) => id.endsWith("-analyst")).map(({ id }) => id.split("-")[0]),
    ),
  ];
  const others = identities
    .map(({ id }) => id)
    .filter((id) => !/-(analyst|officer|approver)$/.test(id));
  return `
Accord is running.

  GraphQL      ${url}/graphql
  Playground   ${url}/playground
  Tokens       curl -s ${url}/oauth/token -d grant_type=client_credentials -d client_id=${SEES} -d client_secret=demo
  Health       ${url}/health/ready

Identities (client_secret is "demo"): <partner>-analyst, <partner>-officer, <partner>-approver for
  ${partners.join(" ")}
and ${others.join(", ")}.

${QUERY}

${answers.join("\n\n")}

Ctrl-C stops all of it; the data stays.
`;
}

async function ask(url: string, clientId: string): Promise<string> {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: "demo",
  });
  const token = (await (
    await fetch(`${url}/oauth/token`, { method: "POST", body: form })
  ).json()) as {
    access_token: string;
  };
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token.access_token}` },
    body: JSON.stringify({ query: QUERY }),
  });
  const { data } = (await response.json()) as { data: { series: unknown[] } };
  return data.series.map((series) => JSON.stringify(series)).join("\n");
}
