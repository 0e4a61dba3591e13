import { ArgsType, Field, ID } from "type-graphql";
import { Dimension, type DimensionCode } from "../../../shared/graphql/dimension";
import { PeriodCode } from "../../../shared/graphql/scalars";
import type { Category } from "../../../shared/policy/terms";
import { CategoryEnum } from "../agreements/agreement.type";
import type { Question } from "./access.rules";

/** What explainAccess and whoCanSee are asked about. */
@ArgsType()
export class QuestionArgs implements Question {
  @Field(() => CategoryEnum)
  category!: Category;
  @Field(() => ID, { nullable: true, description: "For STATISTICS." })
  indicator?: string | null;
  @Field(() => [Dimension], { nullable: true, description: "For STATISTICS; none = totals." })
  by?: DimensionCode[] | null;
  @Field(() => PeriodCode, { nullable: true, description: "For STATISTICS." })
  period?: string | null;
  @Field(() => String, { nullable: true, description: "For CONTACT_DETAILS." })
  contactKind?: string | null;
}
