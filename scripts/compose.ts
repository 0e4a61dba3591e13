import { composeServices } from "@apollo/composition";
import { parse } from "graphql";
import { buildReceipts, RECEIPTS } from "../gateway/receipts/subgraph";
import type { BuiltSubgraph } from "../shared/graphql/subgraph";
import { buildAlerts } from "../subgraphs/alerts/schema";
import { buildCooperation } from "../subgraphs/cooperation/schema";
import { buildCountries } from "../subgraphs/countries/schema";
import { buildIndicators } from "../subgraphs/indicators/schema";
import { buildSharing } from "../subgraphs/sharing/schema";
import { cooperationMovesDoc } from "./cooperation-moves-doc";
import { errorsDoc } from "./errors-doc";
import { settle } from "./generated";
import { validationRulesDoc } from "./validation-rules-doc";
import { whoSeesWhat } from "./who-sees-what";

/** The subgraphs' promises to each other and the supergraph made of them. The address is a name: the gateway knows where. */
async function main(): Promise<void> {
  const builders = [
    buildAlerts,
    buildCooperation,
    buildCountries,
    buildIndicators,
    buildReceipts,
    buildSharing,
  ];
  const subgraphs = await Promise.all(builders.map((build) => build()));
  settle(
    [
      ...subgraphs.map(({ name, sdl }) => ({ path: schemaPath(name), content: sdl })),
      { path: "gateway/supergraph.graphql", content: compose(subgraphs) },
      { path: "docs/who-sees-what.md", content: whoSeesWhat(subgraphs) },
      errorsDoc(),
      cooperationMovesDoc(),
      validationRulesDoc(),
    ],
    "npm run compose",
  );
}

/** Receipts live in the gateway: checking one takes the whole graph. */
function schemaPath(name: string): string {
  return name === RECEIPTS ? "gateway/receipts/schema.graphql" : `subgraphs/${name}/schema.graphql`;
}

function compose(subgraphs: readonly BuiltSubgraph[]): string {
  const services = subgraphs.map(({ name, sdl }) => ({
    name,
    url: `http://${name}`,
    typeDefs: parse(sdl),
  }));
  const { supergraphSdl, errors, hints } = composeServices(services);
  if (errors)
    throw new Error(
      `The subgraphs do not compose:\n${errors.map(({ message }) => message).join("\n")}`,
    );
  for (const hint of hints) process.stderr.write(`hint: ${hint.message}\n`);
  return supergraphSdl;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
