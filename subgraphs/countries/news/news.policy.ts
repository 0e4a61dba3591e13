import { CONNECTION_LABELS, EDGE_LABELS } from "../../../shared/graphql/common.policy";
import type { LabelsOf, PolicyMap } from "../../../shared/policy/sensitivity";
import type { ImportNewsPayload, NewsItem, NewsLeftOut } from "./news.type";

const open = "PUBLIC";
const inherited = "INHERITED";

/** Public feeds only: the desk imports nothing else. */
export const newsLabels = {
  NewsItem: {
    id: open,
    channel: open,
    title: open,
    summary: open,
    link: open,
    publishedAt: open,
  } satisfies LabelsOf<NewsItem>,
  NewsItemConnection: CONNECTION_LABELS,
  NewsItemEdge: EDGE_LABELS,
  ImportNewsPayload: {
    channel: inherited,
    added: inherited,
    known: inherited,
    leftOut: inherited,
    userErrors: inherited,
  } satisfies LabelsOf<ImportNewsPayload>,
  NewsLeftOut: {
    item: inherited,
    title: inherited,
    reason: inherited,
  } satisfies LabelsOf<NewsLeftOut>,
} as const satisfies PolicyMap;
