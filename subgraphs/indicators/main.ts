import { runSubgraph } from "../../shared/graphql/process";
import { openIndicators } from "./schema";

void runSubgraph(openIndicators, 4002);
