import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Loaders } from "../loaders";
import { type EndpointRow, readEndpoints } from "./endpoint.queries";
import * as service from "./endpoint.service";
import {
  EndpointPayload,
  RegisterWebhookInput,
  WebhookActInput,
  WebhookEndpoint,
} from "./endpoint.type";

type Context = RequestContext<Loaders>;

const ERRORS = "Errors: FORBIDDEN. userErrors: BAD_USER_INPUT, NOT_FOUND, IDEMPOTENCY_KEY_REUSED.";

@Resolver()
export class EndpointResolver {
  @Query(() => [WebhookEndpoint], { nullable: true, description: "Your partner's webhooks." })
  async webhookEndpoints(@Ctx() context: Context): Promise<WebhookEndpoint[]> {
    const rows = await context.read((manager) =>
      readEndpoints(manager, context.viewer?.partner ?? ""),
    );
    return rows.map(toEndpoint);
  }

  @Mutation(() => EndpointPayload, {
    nullable: true,
    description: `Has your system called when something comes. ${ERRORS}`,
  })
  async registerWebhook(
    @Ctx() context: Context,
    @Arg("input", () => RegisterWebhookInput) input: RegisterWebhookInput,
  ): Promise<EndpointPayload> {
    return toPayload(context, await service.registerWebhook(context, input));
  }

  @Mutation(() => EndpointPayload, {
    nullable: true,
    description: `A new secret; for a day both sign. ${ERRORS}`,
  })
  async rotateWebhookSecret(
    @Ctx() context: Context,
    @Arg("input", () => WebhookActInput) input: WebhookActInput,
  ): Promise<EndpointPayload> {
    return toPayload(context, await service.rotateWebhookSecret(context, input));
  }

  @Mutation(() => EndpointPayload, {
    nullable: true,
    description: `No more calls; \`endpoint\` is null then. ${ERRORS}`,
  })
  async removeWebhook(
    @Ctx() context: Context,
    @Arg("input", () => WebhookActInput) input: WebhookActInput,
  ): Promise<EndpointPayload> {
    return toPayload(context, { ...(await service.removeWebhook(context, input)), secret: null });
  }
}

async function toPayload(
  context: Context,
  { id, secret, userErrors }: service.WrittenSecret,
): Promise<EndpointPayload> {
  const partner = context.viewer?.partner ?? "";
  const [row] =
    id === null ? [] : await context.read((manager) => readEndpoints(manager, partner, id));
  return { endpoint: row ? toEndpoint(row) : null, secret, userErrors };
}

function toEndpoint(row: EndpointRow): WebhookEndpoint {
  const { id, url, alternate, registered_at, previous_until } = row;
  return { id, url, alternate, registeredAt: registered_at, rotatingUntil: previous_until };
}
