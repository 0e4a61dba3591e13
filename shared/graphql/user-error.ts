import { Directive, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { ERRORS, type ErrorCode } from "../errors/errors";
import { asEnum } from "./enums";

const ErrorCodeEnum = asEnum(Object.keys(ERRORS) as ErrorCode[]);
registerEnumType(ErrorCodeEnum, {
  name: "ErrorCode",
  description: "The closed list of errors, docs/errors.md.",
  valuesConfig: Object.fromEntries(
    Object.entries(ERRORS).map(([code, { meaning }]) => [code, { description: meaning }]),
  ),
});

@ObjectType({ description: "What a person can mend: nothing of the mutation was done." })
@Directive("@shareable")
export class UserError {
  @Field(() => ErrorCodeEnum)
  code!: ErrorCode;
  @Field(() => String, { description: "What happened, and how to mend it." })
  message!: string;
  @Field(() => [String], {
    description: "Where in the input, from the outside in: `terms`, `0`, `indicators`.",
  })
  path!: readonly string[];
  @Field(() => Int, { nullable: true, description: "Line of an uploaded file." })
  line?: number | null;
}

/** Ends a write: the transaction is rolled back and its author is told everything that was found. */
export class Refusal extends Error {
  constructor(readonly userErrors: readonly UserError[]) {
    super(userErrors.map(({ code }) => code).join(", "));
  }
}

export function fault(
  code: ErrorCode,
  path: readonly (string | number)[],
  message: string,
): UserError {
  return { code, message, path: path.map(String) };
}

export function refuse(
  code: ErrorCode,
  path: readonly (string | number)[],
  message: string,
): Refusal {
  return new Refusal([fault(code, path, message)]);
}
