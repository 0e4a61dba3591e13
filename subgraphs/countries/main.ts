import { Env } from "../../shared/env";
import { runSubgraph } from "../../shared/graphql/process";
import { openCountries, verifyAfter } from "./schema";

void runSubgraph((options) => {
  const env = new Env();
  const verifyAfterDays = verifyAfter(env);
  env.check();
  return openCountries({ ...options, verifyAfterDays });
}, 4001);
