import { MARKING_LABELS, PAGE_INFO_LABELS, USER_ERROR_LABELS } from "../../shared/graphql/common.policy";
import type { LabelsOf, PolicyMap, Sensitivity } from "../../shared/policy/sensitivity";
import type { AlertPayload } from "./alert.mutation";
import type * as types from "./alert.type";
import type { EndpointPayload, WebhookEndpoint } from "./endpoint.type";
import type { AlertsReleased } from "./feed.resolver";
import type * as info from "./info.type";
import type { Partner } from "./reference";

const open = "PUBLIC";
const alert = "ALERT";
const inherited = "INHERITED";

/** How closely each field of this room is held. The build fails on a field of the schema that is missing here. */
export const policy = {
  Query: {
    alerts: "PARTNER",
    alert: "PARTNER",
    alertFeed: "PARTNER",
    alertFeedEnd: "PARTNER",
    webhookEndpoints: "APPROVING",
    /** No client can ask for it (`@inaccessible`): it holds no message, only whom to wake. */
    alertsReleased: open,
  },
  Mutation: {
    issueAlert: "ACTING",
    updateAlert: "ACTING",
    cancelAlert: "ACTING",
    confirmAlert: "ACTING",
    acknowledgeAlert: "ACTING",
    rejectAlert: "ACTING",
    importAlert: "ACTING",
    registerWebhook: "APPROVING",
    rotateWebhookSecret: "APPROVING",
    removeWebhook: "APPROVING",
  },
  Subscription: { alertIssued: "PARTNER" },
  Alert: {
    identifier: alert,
    sender: alert,
    from: alert,
    sent: alert,
    status: alert,
    exercise: alert,
    msgType: alert,
    source: alert,
    scope: alert,
    restriction: alert,
    addresses: alert,
    code: alert,
    note: alert,
    references: alert,
    incidents: alert,
    info: alert,
    expires: alert,
    state: alert,
    marking: alert,
    handlingNote: alert,
    evaluation: alert,
    acknowledgeWithin: alert,
    deliveries: alert,
    xml: alert,
  } satisfies LabelsOf<types.Alert> & { deliveries: Sensitivity; xml: Sensitivity },
  AlertAddresses: {
    partners: inherited,
    groups: inherited,
    persons: inherited,
  } satisfies LabelsOf<types.AlertAddresses>,
  AlertReference: {
    sender: inherited,
    identifier: inherited,
    sent: inherited,
  } satisfies LabelsOf<types.AlertReference>,
  Evaluation: { source: inherited, information: inherited } satisfies LabelsOf<types.Evaluation>,
  AlertDelivery: {
    recipient: inherited,
    deliveredAt: inherited,
    channels: inherited,
    acknowledgeBy: inherited,
    acknowledgedAt: inherited,
    errorNote: inherited,
    escalatedAt: inherited,
  } satisfies LabelsOf<types.AlertDelivery>,
  AlertInfo: {
    language: inherited,
    category: inherited,
    event: inherited,
    responseType: inherited,
    urgency: inherited,
    severity: inherited,
    certainty: inherited,
    audience: inherited,
    eventCode: inherited,
    effective: inherited,
    onset: inherited,
    expires: inherited,
    senderName: inherited,
    headline: inherited,
    description: inherited,
    instruction: inherited,
    web: inherited,
    contact: inherited,
    parameter: inherited,
    resource: inherited,
    area: inherited,
  } satisfies LabelsOf<Required<info.AlertInfo>>,
  AlertResource: {
    resourceDesc: inherited,
    mimeType: inherited,
    size: inherited,
    uri: inherited,
    digest: inherited,
  } satisfies LabelsOf<Required<info.AlertResource>>,
  AlertArea: {
    areaDesc: inherited,
    polygon: inherited,
    circle: inherited,
    geocode: inherited,
  } satisfies LabelsOf<info.AlertArea>,
  CapValue: { valueName: inherited, value: inherited } satisfies LabelsOf<info.Value>,
  AlertConnection: {
    nodes: inherited,
    edges: inherited,
    pageInfo: inherited,
    totalCount: inherited,
  } satisfies LabelsOf<types.AlertConnection>,
  AlertEdge: { cursor: inherited, node: inherited } satisfies LabelsOf<types.AlertEdge>,
  AlertFeed: { edges: inherited, endCursor: inherited, hasNextPage: inherited } satisfies LabelsOf<types.AlertFeed>,
  AlertsReleased: { position: inherited, partners: inherited } satisfies LabelsOf<AlertsReleased>,
  AlertPayload: { alert: inherited, userErrors: inherited } satisfies LabelsOf<AlertPayload>,
  WebhookEndpoint: {
    id: inherited,
    url: inherited,
    alternate: inherited,
    registeredAt: inherited,
    rotatingUntil: inherited,
  } satisfies LabelsOf<WebhookEndpoint>,
  WebhookPayload: { endpoint: inherited, secret: inherited, userErrors: inherited } satisfies LabelsOf<EndpointPayload>,
  Partner: { code: open } satisfies LabelsOf<Partner>,
  Marking: MARKING_LABELS,
  PageInfo: PAGE_INFO_LABELS,
  UserError: USER_ERROR_LABELS,
} as const satisfies PolicyMap;
