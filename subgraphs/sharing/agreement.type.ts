import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { AccessReasonEnum } from "../../shared/graphql/access-reason";
import { Dimension, type DimensionCode } from "../../shared/graphql/dimension";
import { asEnum } from "../../shared/graphql/enums";
import { DateScalar, DateTimeScalar } from "../../shared/graphql/scalars";
import type { AccessReason, AgreementText } from "../../shared/policy/decide";
import { MADE_OF, type Sensitive } from "../../shared/policy/shield";
import {
  AGREEMENT_STATUSES,
  type AgreementStatus,
  CATEGORIES,
  type Category,
  CONTROLS,
  type Control,
} from "../../shared/policy/terms";
import { Partner } from "./partner.type";
import { Indicator } from "./reference";

export const AgreementStatusEnum = asEnum(AGREEMENT_STATUSES);
registerEnumType(AgreementStatusEnum, { name: "AgreementStatus", description: "Only ACTIVE opens anything." });

export const CategoryEnum = asEnum(CATEGORIES);
registerEnumType(CategoryEnum, { name: "Category", description: "What kind of data." });

export const DisclosureControlEnum = asEnum(CONTROLS);
registerEnumType(DisclosureControlEnum, {
  name: "DisclosureControl",
  description: "How small counts are treated before others read them.",
  valuesConfig: {
    NONE: { description: "Exact." },
    SUPPRESSION: { description: "Counts below the threshold are hidden, and what would let them be computed." },
    CONTROLLED_ROUNDING: { description: "Every count is a multiple of 5, and the parts still add up to the totals." },
  },
});

export enum AgreementKind {
  MULTILATERAL = "MULTILATERAL",
  BILATERAL = "BILATERAL",
}
registerEnumType(AgreementKind, { name: "AgreementKind" });

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
  @Field(() => [Indicator])
  indicators!: Indicator[];
  @Field(() => [Dimension], { description: "Dimensions that may be seen together; empty = totals only." })
  detail!: DimensionCode[];
  @Field(() => [String], { description: "For CONTACT_DETAILS: NATIONAL_CONTACT_POINT, FOCAL_PERSON." })
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
  @Field(() => Boolean, { description: "Whether a viewer sees its own nationals where the indicator protects them." })
  ownNationals!: boolean;
}

@ObjectType({ description: "The document grants come from. It exists only for those it names." })
export class Agreement implements Sensitive {
  readonly [MADE_OF]!: readonly AgreementText[];
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  title!: string;
  @Field(() => AgreementKind)
  kind!: AgreementKind;
  @Field(() => AgreementStatusEnum)
  status!: AgreementStatus;
  @Field(() => [Partner], { description: "Owners and viewers of those terms that name you." })
  parties!: Partner[];
  @Field(() => DateTimeScalar, { nullable: true })
  validFrom!: Date | null;
  @Field(() => DateTimeScalar, { nullable: true, description: "First instant at which it no longer holds." })
  validUntil!: Date | null;
  @Field(() => String, { nullable: true })
  note!: string | null;
  @Field(() => [AgreementTerm])
  terms!: AgreementTerm[];
}

@ObjectType()
export class AgreementEdge {
  @Field(() => String)
  cursor!: string;
  @Field(() => Agreement)
  node!: Agreement;
}

@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;
  @Field(() => Boolean)
  hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true })
  startCursor!: string | null;
  @Field(() => String, { nullable: true })
  endCursor!: string | null;
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

@ObjectType({ description: "The agreement that decided, or came nearest to it; only ever one that names you." })
export class AgreementSummary {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  title!: string;
}

@ObjectType({ description: "Why you see something or not." })
export class AccessExplanation {
  @Field(() => Boolean)
  allowed!: boolean;
  @Field(() => AccessReasonEnum)
  reason!: AccessReason;
  @Field(() => String)
  message!: string;
  @Field(() => AgreementSummary, { nullable: true })
  agreement!: AgreementSummary | null;
}
