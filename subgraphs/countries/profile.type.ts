import { Field, Int, ObjectType } from "type-graphql";
import { Marking } from "../../shared/graphql/marking";
import { DateScalar } from "../../shared/graphql/scalars";
import type { Profile } from "../../shared/policy/decide";
import { MADE_OF, type Sensitive } from "../../shared/policy/shield";

@ObjectType()
export class ProfileSection {
  @Field(() => String, { description: "After the guidelines' structure, e.g. `LEGAL_FRAMEWORK`." })
  key!: string;
  @Field(() => String)
  title!: string;
  @Field(() => String)
  body!: string;
}

@ObjectType({ description: "A country profile as presented to COLEP." })
export class CountryProfile implements Sensitive {
  readonly [MADE_OF]!: readonly Profile[];
  @Field(() => Int)
  version!: number;
  @Field(() => DateScalar)
  publishedAt!: string;
  @Field(() => [ProfileSection])
  sections!: ProfileSection[];
  @Field(() => Marking)
  marking!: Marking;
  @Field(() => String, { description: "Document and date." })
  source!: string;
}
