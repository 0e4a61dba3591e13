import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { asEnum } from "../../../shared/graphql/enums";
import { Marking } from "../../../shared/graphql/marking";
import { DateScalar } from "../../../shared/graphql/scalars";
import { MADE_OF, type Sensitive } from "../../../shared/graphql/shield";
import { UserError } from "../../../shared/graphql/user-error";
import type { Profile } from "../../../shared/policy/decide";
import {
  MIGRATION_ROLES,
  type MigrationRole,
  OPEN_STATES,
  type OpenState,
  SECTION_KEYS,
} from "./profile.rules";

export const SectionKeyEnum = asEnum(SECTION_KEYS);
registerEnumType(SectionKeyEnum, {
  name: "ProfileSectionKey",
  description: "The sections of the Budapest Process's guidelines for country profiles.",
});

export const MigrationRoleEnum = asEnum(MIGRATION_ROLES);
registerEnumType(MigrationRoleEnum, {
  name: "MigrationRole",
  description: "A country can have several.",
});

export const OpenStateEnum = asEnum(OPEN_STATES);
registerEnumType(OpenStateEnum, {
  name: "ProfileDraftState",
  description:
    "Draft, submitted to a second person, presented at a meeting. What is published is a `CountryProfile`.",
});

@ObjectType()
export class ProfileSection {
  @Field(() => String, { description: "After the guidelines' structure, e.g. `LEGAL_FRAMEWORK`." })
  key!: string;
  @Field(() => String)
  title!: string;
  @Field(() => String)
  body!: string;
}

/** What a profile says, published or not. */
@ObjectType()
abstract class ProfileBody implements Sensitive {
  readonly [MADE_OF]!: readonly Profile[];
  @Field(() => Int)
  version!: number;
  @Field(() => [ProfileSection])
  sections!: ProfileSection[];
  @Field(() => [MigrationRoleEnum], { description: "Empty where the country does not say." })
  migrationRoles!: MigrationRole[];
  @Field(() => Marking)
  marking!: Marking;
  @Field(() => String, { nullable: true, description: "What handling code H3 means here." })
  handlingNote!: string | null;
  @Field(() => String, { description: "Document and date." })
  source!: string;
  @Field(() => Int, {
    nullable: true,
    description: "Number of the COLEP meeting at which it was presented.",
  })
  presentedAtMeeting!: number | null;
}

@ObjectType({
  description: "A country profile as presented to COLEP. Older versions stay readable.",
})
export class CountryProfile extends ProfileBody {
  @Field(() => DateScalar)
  publishedAt!: string;
}

@ObjectType({
  description:
    "The version that your own country is working on. Nobody else learns that there is one.",
})
export class ProfileDraft extends ProfileBody {
  @Field(() => ID)
  id!: string;
  @Field(() => OpenStateEnum)
  state!: OpenState;
  @Field(() => Int, {
    description: "Grows with every change; send it back to be told if somebody acted in between.",
  })
  revision!: number;
  @Field(() => String, { description: "Who wrote it last." })
  writtenBy!: string;
  @Field(() => String, { nullable: true })
  submittedBy!: string | null;
  @Field(() => String, { nullable: true, description: "Why it was returned." })
  reason!: string | null;
}

@ObjectType()
export class ProfilePayload {
  @Field(() => ProfileDraft, {
    nullable: true,
    description: "Null where nothing was done, or once it is published.",
  })
  draft!: ProfileDraft | null;
  @Field(() => CountryProfile, { nullable: true, description: "What is published now." })
  profile!: CountryProfile | null;
  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}
