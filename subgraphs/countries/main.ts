import { runSubgraph } from "../../shared/graphql/process";
import { openCountries } from "./schema";

void runSubgraph(openCountries, 4001);
