/** What was answered with something, to anybody: a field or a route that only ever refuses was hardly tried. */
import { FILE_ROUTES } from "../../gateway/files";
import type { Grammar } from "./operation";

/** Never answered to anybody here, and why. */
export const UNANSWERED: Readonly<Record<string, string>> = {
  "mutation.registerWebhook": "no host may be called here: only the refusal is compared",
};

/** All that has to be answered at least once. */
export function askable({ query, mutation }: Grammar): string[] {
  return [
    ...query.map(({ name }) => `query.${name}`),
    ...mutation.map(({ name }) => `mutation.${name}`),
    ...FILE_ROUTES.map(({ method, path }) => `${method.toUpperCase()} ${path}`),
  ];
}

/** Of the fields that were asked, or of a route: those that came with a value, and were done. Within it things may be withheld. */
export function answeredIn(reply: string, fields: readonly string[]): string[] {
  const [status, body = ""] = reply.split("\n");
  if (fields[0]?.includes("/")) return status?.startsWith("20") ? [...fields] : [];
  if (!body.startsWith("{")) return [];
  const { data, errors } = JSON.parse(body) as Answer;
  return fields.filter((field, at) => {
    const alias = fields.length > 1 ? `r${at}` : (field.split(".")[1] as string);
    const value = data?.[alias];
    const isRefused = errors?.some(({ path }) => path?.length === 1 && path[0] === alias);
    if (value === null || value === undefined || isRefused) return false;
    return (
      field.startsWith("query.") || (value as { userErrors?: unknown[] }).userErrors?.length === 0
    );
  });
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly path?: readonly unknown[] }[];
}
