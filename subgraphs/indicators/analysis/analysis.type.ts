import { Directive, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { asEnum } from "../../../shared/graphql/enums";
import { TlpEnum } from "../../../shared/graphql/marking";
import { DateTimeScalar } from "../../../shared/graphql/scalars";
import { UserError } from "../../../shared/graphql/user-error";
import { AUDIENCES, type Audience } from "../../../shared/policy/cleared";
import type { Tlp } from "../../../shared/policy/terms";
import { Country } from "../catalogue/country.reference";
import { Indicator } from "../catalogue/indicator.type";

export const ANALYSIS_STATES = ["DRAFT", "COMMENTING", "CLEARED", "PUBLISHED"] as const;
export type AnalysisState = (typeof ANALYSIS_STATES)[number];
export const AnalysisStateEnum = asEnum(ANALYSIS_STATES);
registerEnumType(AnalysisStateEnum, {
  name: "AnalysisState",
  description: "Where the common version of a year stands; each step is a person's act.",
  valuesConfig: {
    DRAFT: { description: "Convened by the Secretariat's desk, which writes the narrative." },
    COMMENTING: {
      description: "With the contact points: countries comment, and clear what may stand in it.",
    },
    CLEARED: { description: "Closed: what has not been cleared is left out." },
    PUBLISHED: { description: "Open to those for whom each part was cleared." },
  },
});

export const SECTIONS = [
  "SUMMARY",
  "INDICATORS",
  "BORDERS",
  "MIRROR",
  "QUALITY",
  "METHOD",
] as const;
export type AnalysisSection = (typeof SECTIONS)[number];
export const AnalysisSectionEnum = asEnum(SECTIONS);
registerEnumType(AnalysisSectionEnum, {
  name: "AnalysisSection",
  description: "A part of the text.",
});

export const AudienceEnum = asEnum(AUDIENCES);
registerEnumType(AudienceEnum, {
  name: "AnalysisAudience",
  description: "For whom an owner clears its part.",
  valuesConfig: {
    PARTNERS: { description: "Every partner of the exchange." },
    COLEP: { description: "The countries of COLEP, as they are when it is read." },
    RELEC: { description: "The countries of RELEC, as they are when it is read." },
  },
});

@ObjectType({
  description: "What the desk has written of a section; figures stand in the tables, not here.",
})
export class AnalysisText {
  @Field(() => AnalysisSectionEnum)
  section!: AnalysisSection;
  @Field(() => String)
  body!: string;
  @Field(() => DateTimeScalar)
  writtenAt!: Date;
}

@ObjectType({
  description: "A country's remark, between it and the desk, before and after publication.",
})
export class AnalysisComment {
  @Field(() => Country)
  country!: Country;
  @Field(() => AnalysisSectionEnum)
  section!: AnalysisSection;
  @Field(() => String)
  body!: string;
  @Field(() => String)
  author!: string;
  @Field(() => DateTimeScalar)
  at!: Date;
}

@ObjectType({
  description:
    "What a country lets stand in the common version. Its own people and the desk see it, the desk without figures.",
})
export class AnalysisPart {
  @Field(() => ID)
  id!: string;
  @Field(() => Country)
  country!: Country;
  @Field(() => [Indicator])
  indicators!: readonly Indicator[];
  @Field(() => AudienceEnum)
  audience!: Audience;
  @Field(() => TlpEnum)
  tlp!: Tlp;
  @Field(() => String)
  proposedBy!: string;
  @Field(() => String, {
    nullable: true,
    description: "The second person; null while it waits for one.",
  })
  clearedBy!: string | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Its figures stand as they were released then.",
  })
  clearedAt!: Date | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When the owner took it back: nobody else reads it since.",
  })
  withdrawnAt!: Date | null;
}

/** All it says is resolved by the reader's own rights; the year alone is anybody's. */
@ObjectType({
  description:
    "The analysis of a year: `own` as you may read it now, `cleared` as the owners have cleared it for all alike.",
})
@Directive('@key(fields: "year")')
export class AnnualAnalysis {
  @Field(() => Int)
  year!: number;
}

@ObjectType({ description: "The analysis as you may see it now; null where nothing was done." })
export class AnalysisPayload {
  @Field(() => AnnualAnalysis, { nullable: true })
  analysis!: AnnualAnalysis | null;
  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}
