import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { CountryCode, DateScalar } from "../../shared/graphql/scalars";
import type { Profile } from "../../shared/policy/decide";
import { MADE_OF, type Sensitive } from "../../shared/policy/shield";

export enum Tlp {
  RED = "RED",
  AMBER_STRICT = "AMBER_STRICT",
  AMBER = "AMBER",
  GREEN = "GREEN",
  CLEAR = "CLEAR",
}
registerEnumType(Tlp, {
  name: "Tlp",
  description: "Traffic Light Protocol 2.0 (FIRST). A sharing label, not a classification.",
});

const LABELS: Readonly<Record<Tlp, string>> = {
  RED: "TLP:RED",
  AMBER_STRICT: "TLP:AMBER+STRICT",
  AMBER: "TLP:AMBER",
  GREEN: "TLP:GREEN",
  CLEAR: "TLP:CLEAR",
};

export function tlpLabel(tlp: Tlp): string {
  return LABELS[tlp];
}

export enum HandlingCode {
  H0 = "H0",
  H1 = "H1",
  H2 = "H2",
  H3 = "H3",
}
registerEnumType(HandlingCode, { name: "HandlingCode", description: "SIENA handling codes." });

@ObjectType({ description: "How what you see may be used further. It travels with the object." })
export class Marking {
  @Field(() => Tlp)
  tlp!: Tlp;
  @Field(() => String, { description: "As it is written, e.g. `TLP:AMBER+STRICT`." })
  label!: string;
  @Field(() => [HandlingCode])
  handling!: HandlingCode[];
  @Field(() => CountryCode)
  originator!: string;
}

@ObjectType()
export class ProfileSection {
  @Field(() => String, { description: "After the guidelines' structure, e.g. `LEGAL_FRAMEWORK`." })
  key!: string;
  @Field(() => String)
  title!: string;
  @Field(() => String)
  body!: string;
}

@ObjectType({ description: "A country profile as presented to COLEP." })
export class CountryProfile implements Sensitive {
  readonly [MADE_OF]!: readonly Profile[];
  @Field(() => Int)
  version!: number;
  @Field(() => DateScalar)
  publishedAt!: string;
  @Field(() => [ProfileSection])
  sections!: ProfileSection[];
  @Field(() => Marking)
  marking!: Marking;
  @Field(() => String, { description: "Document and date." })
  source!: string;
}
