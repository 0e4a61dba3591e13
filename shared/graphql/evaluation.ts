import { Directive, Field, InputType, ObjectType, registerEnumType } from "type-graphql";
import { asEnum } from "./enums";

/** 4x4 (Regulation (EU) 2016/794 Art. 29). One scale's letter is never stored in another: C here is mostly *un*reliable. */
export const SOURCE_GRADES = ["A", "B", "C", "X"] as const;
export type SourceGrade = (typeof SOURCE_GRADES)[number];
export const INFO_GRADES = ["I1", "I2", "I3", "I4"] as const;
export type InfoGrade = (typeof INFO_GRADES)[number];

const SourceGradeEnum = asEnum(SOURCE_GRADES);
registerEnumType(SourceGradeEnum, {
  name: "SourceReliability",
  description:
    "4x4: A reliable without doubt, B mostly reliable, C mostly unreliable, X cannot be assessed.",
});

const InfoGradeEnum = asEnum(INFO_GRADES);
registerEnumType(InfoGradeEnum, {
  name: "InformationReliability",
  description:
    "4x4: I1 known to be true, I2 known personally to the source, I3 corroborated, I4 cannot be judged.",
});

@ObjectType({ description: "4x4." })
@Directive("@shareable")
export class Evaluation {
  @Field(() => SourceGradeEnum)
  source!: SourceGrade;
  @Field(() => InfoGradeEnum)
  information!: InfoGrade;
}

@InputType()
export class EvaluationInput {
  @Field(() => SourceGradeEnum)
  source!: SourceGrade;
  @Field(() => InfoGradeEnum)
  information!: InfoGrade;
}

/** As it is stored: both grades or neither. */
export function evaluationOf(
  source: SourceGrade | null,
  information: InfoGrade | null,
): Evaluation | null {
  return source && information ? { source, information } : null;
}
