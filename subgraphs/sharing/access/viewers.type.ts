import { Field, Int, ObjectType } from "type-graphql";
import type { Control } from "../../../shared/policy/terms";
import { DisclosureControlEnum } from "../agreements/agreement.type";
import { Partner } from "../partners/partner.type";
import { AgreementSummary } from "./access.type";

@ObjectType({ description: "A partner that sees the cell now, and why." })
export class CellViewer {
  @Field(() => Partner, { nullable: true })
  partner!: Partner | null;
  @Field(() => AgreementSummary, {
    nullable: true,
    description:
      "The agreement whose least protective grant opens it; null where an analysis does.",
  })
  agreement!: AgreementSummary | null;
  @Field(() => Int, { nullable: true })
  agreementVersion!: number | null;
  @Field(() => Int, {
    nullable: true,
    description:
      "The year of the analysis in whose common version you have cleared it, as it stood then.",
  })
  analysis!: number | null;
  @Field(() => DisclosureControlEnum)
  disclosureControl!: Control;
  @Field(() => Boolean, {
    description: "Whether it sees its own nationals where the indicator protects them.",
  })
  ownNationals!: boolean;
  @Field(() => String, {
    nullable: true,
    description: "Purposes one of which it has to name; null = none.",
  })
  onlyFor!: string | null;
}
