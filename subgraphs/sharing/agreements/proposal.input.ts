import { Field, ID, InputType, Int } from "type-graphql";
import { HandlingCodeEnum, TlpEnum } from "../../../shared/graphql/marking";
import { DateTimeScalar, DimensionName, PeriodCode } from "../../../shared/graphql/scalars";
import type { Category, Control, HandlingCode, Tlp } from "../../../shared/policy/terms";
import type { Purpose } from "../../../shared/viewer/purpose";
import { PurposeEnum } from "../partners/partner.type";
import { AgreementKind, CategoryEnum, DisclosureControlEnum } from "./agreement.type";

const KEY = "The same key with the same input happens once and is answered the same again.";

@InputType({ description: "One grant: these owners let these viewers see this." })
export class AgreementTermInput {
  @Field(() => CategoryEnum)
  category!: Category;
  @Field(() => [ID])
  owners!: string[];
  @Field(() => [ID], { defaultValue: [] })
  viewers!: string[];
  @Field(() => [ID], { defaultValue: [], description: "Groups of the one owner of this term." })
  groups!: string[];
  @Field(() => Boolean, { defaultValue: false })
  everyPartner!: boolean;
  @Field(() => [ID], { defaultValue: [], description: "For STATISTICS." })
  indicators!: string[];
  @Field(() => [DimensionName], {
    defaultValue: [],
    description: "Dimensions that may be seen together; none = totals.",
  })
  detail!: string[];
  @Field(() => [String], {
    defaultValue: [],
    description: "For CONTACT_DETAILS: NATIONAL_CONTACT_POINT, FOCAL_PERSON.",
  })
  contactKinds!: string[];
  @Field(() => PeriodCode, { nullable: true, description: "First period of data covered." })
  periodsFrom?: string | null;
  @Field(() => PeriodCode, { nullable: true, description: "Last period of data covered." })
  periodsTo?: string | null;
  @Field(() => DisclosureControlEnum, { defaultValue: "SUPPRESSION" })
  disclosureControl!: Control;
  @Field(() => Int, { defaultValue: 0, description: "Days after release, 0 to 3650." })
  embargoDays!: number;
  @Field(() => Boolean, { defaultValue: false })
  reciprocal!: boolean;
  @Field(() => Boolean, { defaultValue: false })
  ownNationals!: boolean;
}

@InputType()
abstract class AgreementText {
  @Field(() => [AgreementTermInput])
  terms!: AgreementTermInput[];
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Left out: from the moment it is proposed.",
  })
  validFrom?: string | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "First instant at which it no longer holds.",
  })
  validUntil?: string | null;
  @Field(() => [PurposeEnum], {
    defaultValue: [],
    description: "Purposes one of which a reader must name.",
  })
  purposes!: Purpose[];
  @Field(() => TlpEnum, { defaultValue: "AMBER" })
  tlp!: Tlp;
  @Field(() => [HandlingCodeEnum], { defaultValue: [] })
  handling!: HandlingCode[];
  @Field(() => String, { nullable: true, description: "Required with handling code H3." })
  handlingNote?: string | null;
  @Field(() => String, { nullable: true })
  note?: string | null;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType()
export class ProposeAgreementInput extends AgreementText {
  @Field(() => String)
  title!: string;
  @Field(() => AgreementKind, { description: "BILATERAL has two parties." })
  kind!: AgreementKind;
}

@InputType({
  description: "A new version of an agreement; the old one holds until the new one is signed.",
})
export class AmendAgreementInput extends AgreementText {
  @Field(() => ID)
  id!: string;
  @Field(() => Int, { description: "The newest version that you have read." })
  version!: number;
  @Field(() => String, { description: "Why." })
  reason!: string;
}

@InputType()
export class AgreementActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int, {
    nullable: true,
    description: "The newest version that you have read; required to accept or decline.",
  })
  version?: number | null;
  @Field(() => Int, {
    nullable: true,
    description: "The `revision` you have read: whoever acted since makes it a conflict.",
  })
  revision?: number | null;
  @Field(() => String, { nullable: true })
  reason?: string | null;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}
