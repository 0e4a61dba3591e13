import { Field, InputType, Int } from "type-graphql";
import { HandlingCodeEnum, TlpEnum } from "../../../shared/graphql/marking";
import type { HandlingCode, Tlp } from "../../../shared/policy/terms";
import { KEY } from "../input.text";
import type { MigrationRole, ProfileBody, SectionKey } from "./profile.rules";
import { MigrationRoleEnum, SectionKeyEnum } from "./profile.type";

@InputType()
export class ProfileSectionInput {
  @Field(() => SectionKeyEnum)
  key!: SectionKey;
  @Field(() => String)
  title!: string;
  @Field(() => String, { description: "Plain text. Methods and numbers, never a person." })
  body!: string;
}

@InputType({ description: "The next version of your own country's profile, whole." })
export class WriteProfileInput implements ProfileBody {
  @Field(() => Int, {
    nullable: true,
    description: "The revision that you have read; left out to begin a new version.",
  })
  revision?: number | null;
  @Field(() => [ProfileSectionInput])
  sections!: ProfileSectionInput[];
  @Field(() => [MigrationRoleEnum], { defaultValue: [] })
  migrationRoles!: MigrationRole[];
  @Field(() => TlpEnum)
  tlp!: Tlp;
  @Field(() => [HandlingCodeEnum], { defaultValue: [] })
  handling!: HandlingCode[];
  @Field(() => String, { nullable: true, description: "Required with H3." })
  handlingNote?: string | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Say so where it is marked less closely than the last one.",
  })
  widensMarking!: boolean;
  @Field(() => String, { description: "Document and date." })
  source!: string;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: "Your own country's draft, in the revision that you have read." })
export class ProfileActInput {
  @Field(() => Int)
  revision!: number;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType()
export class ReturnProfileInput extends ProfileActInput {
  @Field(() => String, { description: "What has to be mended." })
  reason!: string;
}

@InputType()
export class PresentProfileInput extends ProfileActInput {
  @Field(() => Int, { description: "Number of the COLEP meeting." })
  meeting!: number;
}
