import { createHash } from "node:crypto";
import type { Decision, Resource } from "../policy/decide";
import type { Category } from "../policy/terms";
import type { Channel } from "../viewer/channel";
import type { Verified } from "../viewer/viewer-assertion";
import { COUNTED, type Entry, type Operation } from "./entry";
import type { LogWriter } from "./log-writer";

/** A resource whose reading is logged: agreements are documents of their parties, not national data. */
type Logged = Exclude<Resource, { category: "AGREEMENT" }>;

/** One resource of an object that was shown, and what decided. */
export interface Judged {
  readonly resource: Resource;
  readonly decision: Decision;
}

interface Line {
  owner: string;
  category: Category;
  detail: readonly string[];
  decision: Decision;
  indicators: Set<string>;
  periods: Set<string>;
  cells: number;
  /** Cells of it that are written down already; null = the line itself is not. */
  written: number | null;
}

/**
 * What one request has been shown and refused so far, gathered where it is decided (the shield on the way out, the loader
 * for what is withheld as data) and summed up in one line an owner, agreement and outcome: never one a cell.
 * `write` may begin before resolving is over; what comes after it goes into a further line, and `written` waits for all.
 */
export class DisclosureRecorder {
  private readonly lines = new Map<string, Line>();
  private readonly counted = new WeakSet<object>();
  private readonly released = new Set<string>();
  private readonly writing: Promise<void>[] = [];
  private logWriter: LogWriter | undefined;

  constructor(private readonly asked: Verified) {}

  writeTo(logWriter: LogWriter): void {
    this.logWriter = logWriter;
  }

  /** Begins to write down what has been gathered and is not written yet. */
  write(): void {
    const entries = this.entries();
    if (entries.length === 0) return;
    if (!this.logWriter) throw new Error("A trace that nobody writes down must not be needed.");
    const writing = this.logWriter.record(entries);
    writing.catch(() => undefined); // told by written()
    this.writing.push(writing);
  }

  /** Resolves once everything is committed. @throws where any of it could not be written */
  async written(): Promise<void> {
    this.write();
    await Promise.all(this.writing);
  }

  /**
   * An object that passes the last route; counted once, however many of its fields are asked for.
   * @param cells how many values of each resource it holds; left out = one each
   */
  given(object: object, judged: readonly Judged[], cells: readonly number[] | undefined): void {
    if (this.counted.has(object)) return;
    this.counted.add(object);
    judged.forEach(({ resource, decision }, at) => {
      if (resource.category === "AGREEMENT") return;
      this.line(resource, decision).cells += cells?.[at] ?? 1;
      this.released.add(versionOf(resource));
    });
  }

  denied({ resource, decision }: Judged): void {
    if (resource.category !== "AGREEMENT") this.line(resource, decision);
  }

  /**
   * Of what is not written yet, and takes it for written. Nobody signed in is shown national data; what nobody was refused
   * is no partner's doing and is not logged.
   */
  private entries(): Entry[] {
    const { viewer, requestId, channel } = this.asked;
    if (viewer === null) return [];
    const owners = new Set([...this.lines.values()].filter(isGiven).map(({ owner }) => owner));
    const fresh = [...this.lines.values()].filter(
      ({ written, cells }) => written === null || cells > written,
    );
    return fresh.map((line) => ({
      requestId,
      viewer: viewer.partner,
      actor: viewer.id,
      owner: line.owner,
      category: line.category,
      operation: operationOf(line, channel, owners.size),
      indicators: [...line.indicators].sort(),
      periods: [...line.periods].sort(),
      detail: line.detail,
      cells: takeCells(line),
      channel,
      purpose: viewer.purpose ?? null,
      agreementId: line.decision.term?.agreementId ?? null,
      agreementVersion: line.decision.term?.version ?? null,
      outcome: isGiven(line) ? "GIVEN" : "DENIED",
      reason: line.decision.reason,
    }));
  }

  /** What a receipt says of the answer: under which agreements, and which state of the data. */
  basis(): { agreements: { id: string; version: number }[]; dataVersion: string } {
    const terms = [...this.lines.values()]
      .filter(isGiven)
      .flatMap(({ decision }) => decision.term ?? []);
    const agreements = new Map(terms.map(({ agreementId: id, version }) => [id, { id, version }]));
    const digest = createHash("sha256").update([...this.released].sort().join("\n"));
    return {
      agreements: [...agreements.values()].sort((one, other) => (one.id < other.id ? -1 : 1)),
      dataVersion: digest.digest("hex"),
    };
  }

  private line(resource: Logged, decision: Decision): Line {
    const { owner } = resource;
    const category = resource.category === "ANALYSIS" ? "STATISTICS" : resource.category;
    const detail = detailOf(resource);
    const { term, reason } = decision;
    const key = [owner, category, detail.join(), term?.agreementId, term?.version, reason].join(
      "/",
    );
    let line = this.lines.get(key);
    if (!line) {
      line = {
        owner,
        category,
        detail,
        decision,
        indicators: new Set(),
        periods: new Set(),
        cells: 0,
        written: null,
      };
      this.lines.set(key, line);
    }
    if (resource.category === "STATISTICS") {
      line.indicators.add(resource.indicator);
      line.periods.add(resource.period);
    }
    if (resource.category === "ANALYSIS") {
      line.indicators.add(resource.indicator);
      for (const period of resource.periods) line.periods.add(period);
    }
    return line;
  }
}

/** Cells that no earlier line has told. */
function takeCells(line: Line): number {
  const cells = line.cells - (line.written ?? 0);
  line.written = line.cells;
  return isGiven(line) ? cells : 0;
}

/** A file that is taken along is a disclosure, whatever it holds; on the screen several owners' data are a combination. */
function operationOf(line: Line, channel: Channel, owners: number): Operation {
  if (!isGiven(line)) return "CONSULTATION";
  if (channel === "EXPORT") return "DISCLOSURE";
  return owners > 1 ? "COMBINATION" : "CONSULTATION";
}

function isGiven({ decision }: Line): boolean {
  return decision.allowed;
}

function detailOf(resource: Logged): readonly string[] {
  if (resource.category === "STATISTICS" || resource.category === "ANALYSIS")
    return resource.dimensions;
  if (resource.category === "ALERT") return [resource.counted ? COUNTED : resource.identifier];
  if (resource.category === "COOPERATION") return [resource.reference, resource.part];
  if (resource.category === "CASE_STUDY") return [resource.id];
  return resource.category === "CONTACT_DETAILS" ? [resource.kind] : [];
}

/** Tells one release of a table from the next, and nothing else: it only ever leaves as a part of a digest. */
function versionOf(resource: Logged): string {
  if (resource.category === "ALERT") return `${resource.category}/${resource.identifier}`;
  if (resource.category === "COOPERATION")
    return `${resource.category}/${resource.reference}/${resource.part}/${resource.revision}`;
  if (resource.category === "CASE_STUDY") return `${resource.category}/${resource.id}`;
  if (resource.category === "ANALYSIS")
    return `${resource.category}/${resource.owner}/${resource.year}/${resource.indicator}`;
  if (resource.category !== "STATISTICS") return `${resource.category}/${resource.owner}`;
  const { owner, indicator, period, dimensions, releasedAt, table } = resource;
  return [
    owner,
    indicator,
    period,
    dimensions,
    releasedAt?.toISOString(),
    table?.version,
    table?.control,
    table?.audience,
  ].join("/");
}
