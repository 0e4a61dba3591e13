import type { Block } from "../../../shared/document/document";
import * as words from "./words";

/** What the subgraphs for alerts and for requests say of the year; null where one of them does not answer. */
export interface Performance {
  alerts: {
    threshold: number;
    messages: number | null;
    alerts: number | null;
    updates: number | null;
    cancellations: number | null;
    toAcknowledge: number | null;
    onTimeShare: number | null;
    medianMinutes: number | null;
  } | null;
  requests: {
    concluded: number | null;
    medianHours: number | null;
    onTimePercent: number | null;
    reason: "YEAR_NOT_OVER" | "TOO_FEW" | null;
  } | null;
}

/** Counts of messages are of those that the reader may read, so they have no place in a version that all read alike. */
export function performance({ alerts, requests }: Performance, cleared: boolean): Block[] {
  return [
    ...(cleared ? [] : [paragraph(alerts === null ? SILENT.alerts : ofAlerts(alerts))]),
    paragraph(ofRequests(requests)),
  ];
}

const SILENT = {
  alerts: "The early warning system does not answer just now.",
  requests: "The desk for cooperation requests does not answer just now.",
};

function ofAlerts({ threshold, messages, ...counts }: NonNullable<Performance["alerts"]>): string {
  if (messages === null)
    return `Fewer than ${threshold} warnings were sent by you or addressed to you.`;
  const { alerts, updates, cancellations, toAcknowledge, onTimeShare, medianMinutes } = counts;
  const sent = `${messages} messages were sent by you or addressed to you: ${words.count(alerts)} alerts, ${words.count(updates)} updates, ${words.count(cancellations)} cancellations. Exercises are not counted.`;
  if (toAcknowledge === null) return sent;
  return `${sent} Of ${words.count(toAcknowledge)} deliveries to be acknowledged ${words.share(onTimeShare)} were in time, half of those acknowledged within ${words.mean(medianMinutes)} minutes.`;
}

const UNTOLD = {
  YEAR_NOT_OVER: "Cooperation requests are told of once the year is over.",
  TOO_FEW:
    "Too few cooperation requests, or between too few partners, to be told without telling of one.",
};

function ofRequests(requests: Performance["requests"]): string {
  if (requests === null) return SILENT.requests;
  const { concluded, medianHours, onTimePercent, reason } = requests;
  if (reason !== null) return UNTOLD[reason];
  const told = `${words.count(concluded)} cooperation requests were answered or refused, half of them within ${words.count(medianHours)} hours.`;
  return onTimePercent === null
    ? told
    : `${told} Of those with a service level ${onTimePercent} % were in time.`;
}

function paragraph(text: string): Block {
  return { kind: "paragraph", text };
}
