import { runSubgraph } from "../../shared/graphql/process";
import { openSharing } from "./schema";

void runSubgraph(openSharing, 4003);
