import { registerEnumType } from "type-graphql";
import { asEnum } from "../../../shared/graphql/enums";
import * as cap from "./cap";

export const StatusEnum = asEnum(cap.STATUSES);
registerEnumType(StatusEnum, {
  name: "CapStatus",
  description: "CAP 1.2. Exercise is for those who take part in it, and never counted with Actual.",
});

export const MsgTypeEnum = asEnum(cap.MSG_TYPES);
registerEnumType(MsgTypeEnum, { name: "CapMsgType", description: "CAP 1.2." });

export const ScopeEnum = asEnum(cap.SCOPES);
registerEnumType(ScopeEnum, {
  name: "CapScope",
  description: "CAP 1.2. Public takes TLP:CLEAR, Restricted its rule.",
});

export const CategoryEnum = asEnum(cap.CATEGORIES);
registerEnumType(CategoryEnum, { name: "CapCategory", description: "CAP 1.2." });

export const ResponseTypeEnum = asEnum(cap.RESPONSE_TYPES);
registerEnumType(ResponseTypeEnum, { name: "CapResponseType", description: "CAP 1.2." });

export const UrgencyEnum = asEnum(cap.URGENCIES);
registerEnumType(UrgencyEnum, { name: "CapUrgency", description: "CAP 1.2." });

export const SeverityEnum = asEnum(cap.SEVERITIES);
registerEnumType(SeverityEnum, {
  name: "CapSeverity",
  description: "CAP 1.2. Of the event; not the impact level of a border section.",
});

export const CertaintyEnum = asEnum(cap.CERTAINTIES);
registerEnumType(CertaintyEnum, { name: "CapCertainty", description: "CAP 1.2." });

export const ALERT_STATES = ["DRAFT", "ACTIVE", "SUPERSEDED", "CANCELLED", "EXPIRED"] as const;
export type AlertState = (typeof ALERT_STATES)[number];
export const AlertStateEnum = asEnum(ALERT_STATES);
registerEnumType(AlertStateEnum, {
  name: "AlertState",
  description:
    "What a message is worth now: derived, never stored. A draft waits for its second person.",
});
