import { runSubgraph } from "../../shared/graphql/process";
import { openCooperation } from "./schema";

void runSubgraph(openCooperation, 4005);
