import {
  ACTIONS,
  MACHINE,
  movesOf,
  NEEDS,
  PARTIES,
  STATES,
  type Standing,
} from "../subgraphs/cooperation/requests/transition.rules";
import type { Generated } from "./generated";

const INTRO = `# Moves of a cooperation request

Generated from \`subgraphs/cooperation/requests/transition.rules.ts\` (\`npm run compose\`) and checked with every change. One table says who
may move a request from where to where, and what that does to its clock; what is not in it is refused, and the database holds
every subgraph to a copy of it. The clock starts at receipt, stands still while a clarification is waited for, and ends with the
last word; limits are calendar time. A state, a party and a move that meet in no row are no move.
`;

/** The whole table, and who may do what in which state. */
export function cooperationMovesDoc(): Generated {
  const rows = MACHINE.map(({ action, by, from, to, clock, channel, needs }) => {
    const cells = [
      `\`${ACTIONS[action]}\``,
      action,
      by,
      from ?? "(none)",
      to,
      clock ?? "",
      channel ?? "",
    ];
    return `| ${[...cells, needs === null ? "" : needs].join(" | ")} |`;
  });
  const head = [
    "| Mutation | Move | Who | From | To | Clock | Only when | Needs |",
    "|---|---|---|---|---|---|---|---|",
  ];
  const needs = Object.entries(NEEDS).map(([need, unmet]) => `| ${need} | ${unmet} |`);
  const sections = [
    INTRO,
    "## Transitions\n",
    ...head,
    ...rows,
    "",
    "## Needs\n",
    "| Need | Told where it is not met |",
    "|---|---|",
    ...needs,
    "",
    "## State by state\n",
    "Every move that a state can allow a party, whatever the channel.\n",
    `| State | ${PARTIES.join(" | ")} |`,
    "|---|---|---|---|",
    ...STATES.map(stateRow),
    "",
  ];
  return { path: "docs/cooperation-moves.md", content: sections.join("\n") };
}

function stateRow(state: (typeof STATES)[number]): string {
  const standings: Standing[] = (["FACILITATED", "URGENT_DIRECT"] as const).flatMap((channel) =>
    (["PROPOSED", "CONFIRMED"] as const).map((grant) => ({
      state,
      channel,
      grant,
      concluded: false,
      acknowledged: false,
    })),
  );
  const cells = PARTIES.map((party) => {
    const moves = new Set(standings.flatMap((standing) => movesOf(standing, party)));
    return (
      (Object.keys(ACTIONS) as (keyof typeof ACTIONS)[])
        .filter((action) => moves.has(action))
        .join(", ") || "–"
    );
  });
  return `| ${state} | ${cells.join(" | ")} |`;
}
