import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { asEnum } from "../../../shared/graphql/enums";
import { PURPOSES, type Purpose } from "../../../shared/viewer/purpose";
import { ROLES, type Role } from "../../../shared/viewer/viewer";

export enum PartnerKind {
  NATIONAL_AUTHORITY = "NATIONAL_AUTHORITY",
  INSTITUTION = "INSTITUTION",
  SECRETARIAT = "SECRETARIAT",
  OBSERVER = "OBSERVER",
  AUDITOR = "AUDITOR",
}
registerEnumType(PartnerKind, {
  name: "PartnerKind",
  description:
    "What a partner is. It opens nothing: facilitating, chairing, funding or hosting is no grant.",
});

export const RoleEnum = asEnum(ROLES);
registerEnumType(RoleEnum, {
  name: "Role",
  valuesConfig: {
    ANALYST: { description: "Reads." },
    OFFICER: { description: "Submits its own country's data." },
    APPROVER: { description: "Approves what an officer has submitted; makes agreements." },
    DESK: { description: "Facilitates at the Secretariat: metadata, not content." },
    OBSERVER: { description: "Reads what is shared with every partner." },
    AUDITOR: { description: "Verifies the disclosure log; reads no content." },
  },
});

export const PurposeEnum = asEnum(PURPOSES);
registerEnumType(PurposeEnum, {
  name: "Purpose",
  description:
    "What a request is for: the header `accord-purpose`, or the token's claim `purpose`.",
});

@ObjectType({ description: "A member of the exchange." })
@Directive('@key(fields: "code")')
export class Partner {
  @Field(() => ID)
  code!: string;
  @Field(() => String)
  name!: string;
  @Field(() => PartnerKind)
  kind!: PartnerKind;
  /** The state that it speaks for; resolved as `country`. */
  state!: string | null;
}

@ObjectType("Viewer", { description: "Who you are to the exchange, as your token says." })
export class ViewerSelf {
  @Field(() => ID)
  id!: string;
  @Field(() => Partner, {
    nullable: true,
    description: "Null for a partner that the exchange does not know.",
  })
  partner!: Partner | null;
  @Field(() => [RoleEnum])
  roles!: readonly Role[];
  @Field(() => PurposeEnum, {
    nullable: true,
    description: "What this request is for, where it says so.",
  })
  purpose!: Purpose | null;
}
