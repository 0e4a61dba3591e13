import { Field, ID, InputType, Int } from "type-graphql";
import { HandlingCodeEnum, TlpEnum } from "../../../shared/graphql/marking";
import type { HandlingCode, Tlp } from "../../../shared/policy/terms";
import { KEY } from "../input.text";
import type { Audience, StudyBody } from "./case-study.rules";

@InputType()
abstract class StudyBodyInput implements StudyBody {
  @Field(() => String)
  title!: string;
  @Field(() => String, { description: "Plain text. Methods and numbers, never a person." })
  summary!: string;
  @Field(() => [String], { defaultValue: [] })
  lessons!: string[];
  @Field(() => Int, { nullable: true, description: "Number of the COLEP meeting that it is for." })
  meeting?: number | null;
  @Field(() => TlpEnum)
  tlp!: Tlp;
  @Field(() => [HandlingCodeEnum], { defaultValue: [] })
  handling!: HandlingCode[];
  @Field(() => String, { nullable: true, description: "Required with H3." })
  handlingNote?: string | null;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType()
export class AddCaseStudyInput extends StudyBodyInput {
  @Field(() => Boolean, { defaultValue: false, description: "Hypothetical; stays so." })
  exercise!: boolean;
}

@InputType()
export class AmendCaseStudyInput extends StudyBodyInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int, { description: "The revision that you have read." })
  revision!: number;
}

@InputType({ description: "A case study of your own, in the revision that you have read." })
export class CaseStudyActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  revision!: number;
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType()
export class ShareCaseStudyInput extends CaseStudyActInput implements Audience {
  @Field(() => Boolean, {
    defaultValue: false,
    description: "With the countries that take part in COLEP.",
  })
  colep!: boolean;
  @Field(() => [ID], { defaultValue: [], description: "Codes of partners." })
  partners!: string[];
}
