import { Directive, Field, ObjectType, registerEnumType } from "type-graphql";
import { HANDLING_CODES, type HandlingCode, TLPS, type Tlp } from "../policy/terms";
import { asEnum } from "./enums";
import { CountryCode } from "./scalars";

export const TlpEnum = asEnum(TLPS);
registerEnumType(TlpEnum, {
  name: "Tlp",
  description: "Traffic Light Protocol 2.0 (FIRST). A sharing label, not a classification.",
});

/** As the protocol writes them. */
export const TLP_LABELS: Readonly<Record<Tlp, string>> = {
  RED: "TLP:RED",
  AMBER_STRICT: "TLP:AMBER+STRICT",
  AMBER: "TLP:AMBER",
  GREEN: "TLP:GREEN",
  CLEAR: "TLP:CLEAR",
};

export const HandlingCodeEnum = asEnum(HANDLING_CODES);
registerEnumType(HandlingCodeEnum, {
  name: "HandlingCode",
  description:
    "SIENA handling codes (Council 6243/18). They combine; H3 carries its restriction as text.",
});

@ObjectType({ description: "How what you see may be used further. It travels with the object." })
@Directive("@shareable")
export class Marking {
  @Field(() => TlpEnum)
  tlp!: Tlp;
  @Field(() => String, { description: "As it is written, e.g. `TLP:AMBER+STRICT`." })
  label!: string;
  @Field(() => [HandlingCodeEnum])
  handling!: readonly HandlingCode[];
  @Field(() => CountryCode, {
    description: "The partner whose data it is; ask it before you pass anything on.",
  })
  originator!: string;
}

export function markingOf(
  tlp: Tlp,
  handling: readonly HandlingCode[],
  originator: string,
): Marking {
  return { tlp, label: TLP_LABELS[tlp], handling, originator };
}
