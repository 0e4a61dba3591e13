import { ERRORS } from "../shared/errors/errors";
import type { Generated } from "./generated";

const INTRO = `# Errors

Generated from \`shared/errors/errors.ts\` (\`npm run compose\`) and checked with every change. \`errors[].extensions.code\` is
one of these and of no others. The HTTP status is that of a request refused as a whole (GraphQL over HTTP wants 200 even
then from a client that accepts plain \`application/json\` only); once a query has been run the status is 200 and an error
stands beside the data, with its \`path\`. \`extensions.requestId\` finds the log line.
`;

/** The closed list, for people who write clients. */
export function errorsDoc(): Generated {
  const rows = Object.entries(ERRORS).map(
    ([code, { http, meaning, remedy }]) => `| \`${code}\` | ${http} | ${meaning} | ${remedy} |`,
  );
  const table = ["| Code | HTTP | What happened | What to do |", "|---|---|---|---|", ...rows].join(
    "\n",
  );
  return { path: "docs/errors.md", content: `${INTRO}\n${table}\n` };
}
