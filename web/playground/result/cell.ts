/** How one figure is told, on the page and in a file. What has no figure says why; it never looks like a zero. */
export interface Cell {
  value: number | null;
  /** Null when the query did not ask for it. */
  status: string | null;
}

export interface Telling {
  kind: "figure" | "withheld" | "suppressed" | "embargoed" | "missing";
  text: string;
  /** Beside a figure: what is special about it. */
  mark?: string;
  title?: string;
}

const WITHOUT_FIGURE: Record<string, Telling> = {
  WITHHELD: {
    kind: "withheld",
    text: "withheld",
    title: "The owner has not agreed to share this with you.",
  },
  SUPPRESSED: {
    kind: "suppressed",
    text: "suppressed",
    title: "Hidden to protect persons: too small, or it would give a small figure away.",
  },
  EMBARGOED: {
    kind: "embargoed",
    text: "embargoed",
    title: "Shared with you, but not yet released.",
  },
  NOT_REPORTED: { kind: "missing", text: "–", title: "not reported" },
  NOT_APPLICABLE: { kind: "missing", text: "n/a", title: "not applicable" },
};

const number = new Intl.NumberFormat("en-GB");

export function tell(cell: Cell | undefined): Telling {
  if (!cell) return { kind: "missing", text: "", title: "no such period in this series" };
  const without = cell.status === null ? undefined : WITHOUT_FIGURE[cell.status];
  if (without) return without;
  const status = cell.status?.toLowerCase().replaceAll("_", " ");
  if (cell.value === null) {
    if (status) return { kind: "missing", text: status };
    return { kind: "missing", text: "no figure", title: "Ask for statuses to learn why." };
  }
  const mark = status && status !== "reported" ? { mark: status } : {};
  return { kind: "figure", text: number.format(cell.value), ...mark };
}
