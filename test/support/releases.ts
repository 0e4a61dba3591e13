/** Reports released one after the other, each beside what is out, as the subgraph releases them; and what then can be read. */
import { type Period, parsePeriod } from "../../shared/period";
import type { Figure } from "../../subgraphs/indicators/disclosure/cube";
import { type Linked, linkedTo } from "../../subgraphs/indicators/disclosure/linked";
import { type TableToStore, tablesOf } from "../../subgraphs/indicators/release/release.service";
import type { Report, Table } from "./reading";

export interface Step {
  readonly period: string;
  readonly figures: readonly Figure[];
}

export interface Released {
  readonly reports: Report[];
  readonly tables: (Table & TableToStore)[];
}

export interface Terms {
  readonly indicator: string;
  readonly countries?: readonly string[];
  readonly secret?: string;
  /** Releases each report as if nothing were out: what the attacker must find. */
  readonly forgets?: boolean;
}

const AT = {
  submittedBy: "officer",
  submittedAt: new Date(0),
  approvedBy: "approver",
  releasedAt: new Date(1),
};

export async function releaseAll(
  steps: readonly Step[],
  { indicator, countries = [], secret = "secret", forgets = false }: Terms,
): Promise<Released> {
  const out: Linked[] = [];
  const released: Released = { reports: [], tables: [] };
  for (const { period: code, figures } of steps) {
    const version = 1 + out.filter((report) => report.period === code).length;
    const period = parsePeriod(code) as Period;
    const sourced = figures.map((figure) => ({ ...figure, sourceId: "source" }));
    const linked = forgets ? [] : linkedTo(code, out);
    const rules = { protecting: new Set(["ASY", "THB"]), countries, secret };
    const tables = await tablesOf(
      { owner: "AUT", indicator, period, figures: sourced, linked, ...AT },
      rules,
    );
    out.push({ period: code, version, figures, tables });
    released.reports.push({ period: code, version, figures });
    released.tables.push(...tables.map((table) => ({ ...table, period: code, version })));
  }
  return released;
}

/** What one viewer reads: of each table the form that its agreement opens. */
export function readWith(
  { tables }: Released,
  control: (dimensions: readonly string[]) => string,
  audience: string | null = null,
): Table[] {
  return tables.filter(
    (table) =>
      table.control === control(table.dimensions) &&
      table.audience === (table.cut && audience !== null ? audience : null),
  );
}
