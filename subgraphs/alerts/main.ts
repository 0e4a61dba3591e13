import { Env } from "../../shared/env";
import { runSubgraph } from "../../shared/graphql/process";
import { webhookRules } from "./endpoints/webhook.rules";
import { openAlerts } from "./schema";

void runSubgraph((options) => openAlerts({ ...options, webhooks: webhookRules(new Env()) }), 4004);
