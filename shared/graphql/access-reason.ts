import { registerEnumType } from "type-graphql";
import { ACCESS_REASONS } from "../policy/decide";
import { reasonMessage } from "../policy/messages";
import { asEnum } from "./enums";

export const AccessReasonEnum = asEnum(ACCESS_REASONS);
registerEnumType(AccessReasonEnum, {
  name: "AccessReason",
  description: "The condition that decided.",
  valuesConfig: Object.fromEntries(
    ACCESS_REASONS.map((reason) => [reason, { description: reasonMessage(reason) }]),
  ),
});
