import { registerEnumType } from "type-graphql";
import { ACCESS_REASONS, type AccessReason } from "../policy/decide";
import { reasonMessage } from "../policy/messages";

export const AccessReasonEnum = Object.fromEntries(ACCESS_REASONS.map((reason) => [reason, reason])) as Record<
  AccessReason,
  AccessReason
>;
registerEnumType(AccessReasonEnum, {
  name: "AccessReason",
  description: "The condition that decided.",
  valuesConfig: Object.fromEntries(ACCESS_REASONS.map((reason) => [reason, { description: reasonMessage(reason) }])),
});
