import type { Origin } from "./figure";
import type { Issue, Severity } from "./issue";
import type { Finding, Rule } from "./rules/rule";

export type Counts = Readonly<Record<Severity, number>>;

export interface Found {
  /** By line. */
  readonly issues: readonly Issue[];
  /** How many more there are. */
  readonly omitted: number;
  /** Of all there are, told or not. */
  readonly counts: Counts;
}

interface Kept {
  readonly rule: Rule;
  readonly finding: Finding;
}

/**
 * Keeps the first so many of each severity by line, however many a file provokes: what is told of a file with a million
 * mistakes fits into memory, and a warning never takes the place of an error.
 */
export class Findings {
  private readonly kept: Record<Severity, Kept[]> = { ERROR: [], WARNING: [], INFO: [] };
  readonly counts: Record<Severity, number> = { ERROR: 0, WARNING: 0, INFO: 0 };

  constructor(private readonly most: number) {}

  add(rule: Rule, findings: readonly Finding[]): void {
    const { severity } = rule;
    for (const finding of findings) {
      this.counts[severity]++;
      this.kept[severity].push({ rule, finding });
      if (this.kept[severity].length > 2 * this.most)
        this.kept[severity] = this.first(this.kept[severity], this.most);
    }
  }

  end(): Found {
    const { ERROR, WARNING, INFO } = this.kept;
    const told: Kept[] = [];
    for (const some of [ERROR, WARNING, INFO])
      told.push(...this.first(some, this.most - told.length));
    const issues = this.first(told, this.most).map(toIssue);
    const all = this.counts.ERROR + this.counts.WARNING + this.counts.INFO;
    return { issues, omitted: all - issues.length, counts: { ...this.counts } };
  }

  private first(kept: Kept[], most: number): Kept[] {
    return kept.sort(byPlace).slice(0, most);
  }
}

/** Sorting is stable: what stands in the same place stays in the order of the rules. */
function byPlace({ finding: { origin: one } }: Kept, { finding: { origin: other } }: Kept): number {
  if (one.line !== null || other.line !== null) return byLine(one, other);
  return one.path.join(".").localeCompare(other.path.join("."), "en", { numeric: true });
}

export function byLine(one: Origin, other: Origin): number {
  return (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);
}

function toIssue({ rule, finding: { message, remedy, origin } }: Kept): Issue {
  const { name, severity } = rule;
  const said = `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
  return {
    severity,
    rule: name,
    message: said,
    remedy: typeof remedy === "string" ? remedy : remedy(),
    origin,
  };
}
