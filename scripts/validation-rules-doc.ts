import { RULES } from "../subgraphs/indicators/submission/rules";
import type { Generated } from "./generated";

const INTRO = `# Validation rules

Generated from \`subgraphs/indicators/submission/rules/\` (\`npm run compose\`) and checked with every change. A submission is
asked all of them, in this order, and told everything at once: file, line and column (or the place in the API's input), rule,
what is wrong, and how to mend it. An ERROR blocks; a WARNING needs a comment; an INFO says how something was understood. Of one
submission the first 1,000 are told by line, errors before warnings before infos, and how many more there are.
`;

/** What a submission is asked, for those who fill in the files. */
export function validationRulesDoc(): Generated {
  const rows = RULES.map(
    ({ name, severity, says, example }) => `| \`${name}\` | ${severity} | ${says} | ${example} |`,
  );
  const table = ["| Rule | | What it says | For example |", "|---|---|---|---|", ...rows].join(
    "\n",
  );
  return { path: "docs/validation-rules.md", content: `${INTRO}\n${table}\n` };
}
