import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Dimension, type DimensionCode } from "../../../shared/graphql/dimension";
import { asEnum } from "../../../shared/graphql/enums";
import { Marking } from "../../../shared/graphql/marking";
import { PageInfo } from "../../../shared/graphql/page-info";
import { DateScalar, DateTimeScalar } from "../../../shared/graphql/scalars";
import { MADE_OF, type Sensitive } from "../../../shared/graphql/shield";
import type { AgreementText } from "../../../shared/policy/decide";
import {
  AGREEMENT_STATUSES,
  type AgreementStatus,
  CATEGORIES,
  type Category,
  CONTROLS,
  type Control,
} from "../../../shared/policy/terms";
import type { Purpose } from "../../../shared/viewer/purpose";
import { Partner, PurposeEnum } from "../partners/partner.type";
import { Indicator } from "../partners/reference";
import {
  ACTS,
  type Act,
  SIGNATURE_STATES,
  type SignatureState,
  STANDINGS,
  type Standing,
} from "./agreement.rules";

export const AgreementStatusEnum = asEnum(AGREEMENT_STATUSES);
registerEnumType(AgreementStatusEnum, {
  name: "AgreementStatus",
  description: "Only ACTIVE opens anything.",
});

export const CategoryEnum = asEnum(CATEGORIES);
registerEnumType(CategoryEnum, { name: "Category", description: "What kind of data." });

export const DisclosureControlEnum = asEnum(CONTROLS);
registerEnumType(DisclosureControlEnum, {
  name: "DisclosureControl",
  description: "How small counts are treated before others read them.",
  valuesConfig: {
    NONE: { description: "Exact." },
    SUPPRESSION: {
      description: "Counts below the threshold are hidden, and what would let them be computed.",
    },
    CONTROLLED_ROUNDING: {
      description: "Every count is a multiple of 5, and the parts still add up to the totals.",
    },
  },
});

export enum AgreementKind {
  MULTILATERAL = "MULTILATERAL",
  BILATERAL = "BILATERAL",
}
registerEnumType(AgreementKind, { name: "AgreementKind" });

export const SignatureStateEnum = asEnum(SIGNATURE_STATES);
registerEnumType(SignatureStateEnum, {
  name: "SignatureState",
  description:
    "Where a partner stands with one version. Only SIGNED opens anything, and only that partner's data.",
});

export const StandingEnum = asEnum(STANDINGS);
registerEnumType(StandingEnum, {
  name: "Standing",
  description:
    "Whether a partner stands by an agreement that it has signed. Whoever has withdrawn does not come back.",
});

export const ActEnum = asEnum(ACTS);
registerEnumType(ActEnum, { name: "AgreementAct", description: "What a person did." });

@ObjectType({ description: "One grant: these owners let these viewers see this." })
export class AgreementTerm implements Sensitive {
  readonly [MADE_OF]!: readonly AgreementText[];
  @Field(() => CategoryEnum)
  category!: Category;
  @Field(() => [Partner])
  owners!: Partner[];
  @Field(() => [Partner], { description: "Empty where every partner is a viewer." })
  viewers!: Partner[];
  @Field(() => Boolean)
  everyPartner!: boolean;
  @Field(() => [ID], {
    description:
      "Groups of the owner's own; whoever is a member at the moment of reading is a viewer.",
  })
  groups!: string[];
  @Field(() => [Indicator])
  indicators!: Indicator[];
  @Field(() => [Dimension], {
    description: "Dimensions that may be seen together; empty = totals only.",
  })
  detail!: DimensionCode[];
  @Field(() => [String], {
    description: "For CONTACT_DETAILS: NATIONAL_CONTACT_POINT, FOCAL_PERSON, LIAISON_OFFICER.",
  })
  contactKinds!: string[];
  @Field(() => DateScalar, { nullable: true, description: "First day of data covered." })
  dataFrom!: string | null;
  @Field(() => DateScalar, { nullable: true, description: "First day of data no longer covered." })
  dataUntil!: string | null;
  @Field(() => DisclosureControlEnum)
  disclosureControl!: Control;
  @Field(() => Int, { description: "Days after release." })
  embargoDays!: number;
  @Field(() => Boolean, { description: "Seen once the viewer has released the same." })
  reciprocal!: boolean;
  @Field(() => Boolean, {
    description: "Whether a viewer sees its own nationals where the indicator protects them.",
  })
  ownNationals!: boolean;
}

@ObjectType({ description: "A partner's signature under one version." })
export class Signature {
  @Field(() => Partner, { nullable: true })
  partner!: Partner | null;
  @Field(() => SignatureStateEnum)
  state!: SignatureState;
  @Field(() => DateTimeScalar)
  since!: Date;
  @Field(() => StandingEnum)
  standing!: Standing;
  @Field(() => DateTimeScalar, {
    description: "Since when it stands, is suspended or has withdrawn.",
  })
  standingSince!: Date;
}

@ObjectType({ description: "One thing a person did to an agreement. The list only ever grows." })
export class AgreementEvent {
  @Field(() => DateTimeScalar)
  at!: Date;
  @Field(() => ActEnum)
  act!: Act;
  @Field(() => Int)
  version!: number;
  @Field(() => Partner, { nullable: true })
  partner!: Partner | null;
  @Field(() => String, {
    nullable: true,
    description: "The person; of other partners' people you see none.",
  })
  actor!: string | null;
  @Field(() => String, { nullable: true })
  reason!: string | null;
}

/** What a version says and an agreement shows of the version that people go by. */
@ObjectType()
abstract class AgreementBody implements Sensitive {
  readonly [MADE_OF]!: readonly AgreementText[];
  @Field(() => Int)
  version!: number;
  @Field(() => DateTimeScalar, { nullable: true })
  validFrom!: Date | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "First instant at which it no longer holds.",
  })
  validUntil!: Date | null;
  @Field(() => String, { nullable: true })
  note!: string | null;
  @Field(() => [PurposeEnum], {
    description: "Purposes one of which a reader must name; empty = none need be named.",
  })
  purposes!: readonly Purpose[];
  @Field(() => Marking, { description: "How far what it opens may be passed on." })
  marking!: Marking;
  @Field(() => String, { nullable: true, description: "What handling code H3 means here." })
  handlingNote!: string | null;
  @Field(() => [AgreementTerm])
  terms!: AgreementTerm[];
  @Field(() => [Signature], { description: "Of the partners in those terms that name you." })
  signatures!: Signature[];
}

@ObjectType({
  description:
    "One version. An amendment is a new one; the old one stays readable to those it named.",
})
export class AgreementVersion extends AgreementBody {
  @Field(() => Partner, { nullable: true })
  proposedBy!: Partner | null;
  @Field(() => DateTimeScalar)
  proposedAt!: Date;
  @Field(() => String, { nullable: true, description: "Why it was amended." })
  reason!: string | null;
}

@ObjectType({
  description:
    "The document grants come from. It exists only for those it names. Shows the newest version that an owner has signed, else the newest.",
})
export class Agreement extends AgreementBody {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  title!: string;
  @Field(() => AgreementKind)
  kind!: AgreementKind;
  @Field(() => AgreementStatusEnum)
  status!: AgreementStatus;
  @Field(() => Partner, {
    nullable: true,
    description: "Who first proposed it. Convening opens nothing.",
  })
  convener!: Partner | null;
  @Field(() => [Partner], { description: "Owners and viewers of those terms that name you." })
  parties!: Partner[];
  @Field(() => Int, {
    description: "Grows with every act; send it back to be told if somebody acted in between.",
  })
  revision!: number;
  @Field(() => [AgreementVersion], { description: "Oldest first." })
  versions!: AgreementVersion[];
  @Field(() => [AgreementEvent], { description: "Oldest first." })
  history!: AgreementEvent[];
  @Field(() => String, {
    nullable: true,
    description:
      "What your own partner has still to do before its consent counts; null where nothing is open.",
  })
  awaiting!: string | null;
}

@ObjectType()
export class AgreementEdge {
  @Field(() => String)
  cursor!: string;
  @Field(() => Agreement)
  node!: Agreement;
}

@ObjectType({ description: "Counted and paged over what you may see." })
export class AgreementConnection {
  @Field(() => [Agreement])
  nodes!: Agreement[];
  @Field(() => [AgreementEdge])
  edges!: AgreementEdge[];
  @Field(() => PageInfo)
  pageInfo!: PageInfo;
  @Field(() => Int)
  totalCount!: number;
}
