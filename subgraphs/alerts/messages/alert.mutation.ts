import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Written } from "../../../shared/graphql/mutation";
import { UserError } from "../../../shared/graphql/user-error";
import type { Loaders } from "../loaders";
import {
  AlertActInput,
  AlertNoteInput,
  ImportAlertInput,
  IssueAlertInput,
  UpdateAlertInput,
} from "./alert.input";
import { loadAlert } from "./alert.resolver";
import * as service from "./alert.service";
import { Alert } from "./alert.type";
import * as answers from "./answer.service";
import { importAlert } from "./import.service";

type Context = RequestContext<Loaders>;

@ObjectType({ description: "The message as you may see it now; null where nothing was done." })
export class AlertPayload {
  @Field(() => Alert, { nullable: true })
  alert!: Alert | null;
  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

const ERRORS =
  "Errors: FORBIDDEN. userErrors: BAD_USER_INPUT, FORBIDDEN, NOT_FOUND, REVISION_CONFLICT, IDEMPOTENCY_KEY_REUSED.";
const WAITS =
  "TLP:RED, and addressees to whom no agreement of yours opens anything, wait as a draft for a second person.";

@Resolver()
export class AlertMutations {
  @Mutation(() => AlertPayload, {
    nullable: true,
    description: `Issues a message. ${WAITS} ${ERRORS}`,
  })
  async issueAlert(
    @Ctx() context: Context,
    @Arg("input", () => IssueAlertInput) input: IssueAlertInput,
  ): Promise<AlertPayload> {
    return toPayload(context, await service.issueAlert(context, input));
  }

  @Mutation(() => AlertPayload, {
    nullable: true,
    description: `Supersedes an active message of yours. What widens its audience says so, and waits too. ${WAITS} ${ERRORS}`,
  })
  async updateAlert(
    @Ctx() context: Context,
    @Arg("input", () => UpdateAlertInput) input: UpdateAlertInput,
  ): Promise<AlertPayload> {
    return toPayload(context, await service.updateAlert(context, input));
  }

  @Mutation(() => AlertPayload, {
    nullable: true,
    description: `Cancels an active message of yours, at all those who have it. ${WAITS} ${ERRORS}`,
  })
  async cancelAlert(
    @Ctx() context: Context,
    @Arg("input", () => AlertNoteInput) input: AlertNoteInput,
  ): Promise<AlertPayload> {
    return toPayload(context, await service.cancelAlert(context, input));
  }

  @Mutation(() => AlertPayload, {
    nullable: true,
    description: `Lets a waiting message go out, as its second person. ${ERRORS}`,
  })
  async confirmAlert(
    @Ctx() context: Context,
    @Arg("input", () => AlertActInput) input: AlertActInput,
  ): Promise<AlertPayload> {
    return toPayload(context, await answers.confirmAlert(context, input));
  }

  @Mutation(() => AlertPayload, {
    nullable: true,
    description: `CAP's \`Ack\`: your partner has received and accepted what is addressed to it. ${ERRORS}`,
  })
  async acknowledgeAlert(
    @Ctx() context: Context,
    @Arg("input", () => AlertActInput) input: AlertActInput,
  ): Promise<AlertPayload> {
    return toPayload(context, await answers.acknowledgeAlert(context, input));
  }

  @Mutation(() => AlertPayload, {
    nullable: true,
    description: `CAP's \`Error\`: your partner rejects what is addressed to it, and says why. ${ERRORS}`,
  })
  async rejectAlert(
    @Ctx() context: Context,
    @Arg("input", () => AlertNoteInput) input: AlertNoteInput,
  ): Promise<AlertPayload> {
    return toPayload(context, await answers.rejectAlert(context, input));
  }

  @Mutation(() => AlertPayload, {
    nullable: true,
    description: `Issues, updates or cancels by a CAP 1.2 file. The same file twice is one message. ${ERRORS}`,
  })
  async importAlert(
    @Ctx() context: Context,
    @Arg("input", () => ImportAlertInput) input: ImportAlertInput,
  ): Promise<AlertPayload> {
    return toPayload(context, await importAlert(context, input));
  }
}

async function toPayload(context: Context, { id, userErrors }: Written): Promise<AlertPayload> {
  return { alert: await loadAlert(context, id), userErrors };
}
