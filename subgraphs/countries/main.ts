import { Env } from "../../shared/env";
import { runSubgraph } from "../../shared/graphql/process";
import { openCountries, verifyAfter } from "./schema";

void runSubgraph((room) => {
  const env = new Env();
  const verifyAfterDays = verifyAfter(env);
  env.check();
  return openCountries({ ...room, verifyAfterDays });
}, 4001);
