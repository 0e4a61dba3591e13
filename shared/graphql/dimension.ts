import { registerEnumType } from "type-graphql";
import { asEnum } from "./enums";

/** Breakdown dimensions. The code lists behind them are data (`indicators.code`, `indicators.area`). */
export const DIMENSIONS = [
  "CITIZENSHIP",
  "SEX",
  "AGE_GROUP",
  "BORDER_TYPE",
  "BORDER_SECTION",
  "DIRECTION",
  "PLACE_OF_DETECTION",
  "REFUSAL_REASON",
  "DOCUMENT_TYPE",
  "FRAUD_TYPE",
  "COUNTRY_OF_ISSUANCE",
  "EXPLOITATION",
  "THB_STATUS",
] as const;
export type DimensionCode = (typeof DIMENSIONS)[number];
export const Dimension = asEnum(DIMENSIONS);
registerEnumType(Dimension, {
  name: "Dimension",
  description: "What a figure can be broken down by.",
});
