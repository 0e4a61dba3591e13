import type { Block, Document } from "../../../shared/document/document";
import type { AnalysisSection, AnalysisState } from "./analysis.type";
import type { AnalysisContents } from "./contents.type";
import { type Performance, performance } from "./performance.document";
import { blocksOfSection } from "./section.document";
import * as tables from "./tables.document";
import * as words from "./words";

/** An analysis as a document for people. Pure but for the drawing: it says what it is given, and adds nothing to it. */
export interface Given {
  year: number;
  state: AnalysisState | null;
  publishedAt: Date | null;
  narrative: readonly { section: AnalysisSection; body: string }[];
  contents: Omit<AnalysisContents, symbol>;
  performance: Performance;
}

export interface Taken {
  cleared: boolean;
  by: string;
  at: Date;
  nameOf(country: string): string;
}

const METHOD = [
  "Detections are events, not people: one person may be detected more than once. Figures in different units are never added.",
  "Counts follow the effort of detection as well as what is detected.",
  "A year is what was released for the year, else the sum of its four quarters where each is shown. No total is made over a part that is withheld or suppressed; where such a part is in the rest of a table, the rest is not given.",
  "A change in per cent is left out where the year before has fewer than 50. (e) estimated, (p) provisional, (b) break, (d) definition differs.",
  "Coverage, quality and what became of messages and requests are counted by the exchange itself, as of the day named at the top.",
  "Neighbours are compared by ln((entries + ½) / (exits + ½)); more than double for two quarters running is marked as worth asking. Differences are normal, and neither side is the true one.",
];

export async function documentOf(given: Given, taken: Taken): Promise<Document> {
  const { year, contents } = given;
  const sections = await Promise.all(
    contents.sections.map((section) => blocksOfSection(section, { ...taken, year })),
  );
  return {
    language: "en",
    title: `Annual analysis ${year}`,
    marking: markingLine(contents, taken),
    blocks: [
      { kind: "note", text: standing(given, taken) },
      ...narrative(given, "SUMMARY"),
      { kind: "heading", level: 2, text: "Coverage" },
      ...tables.coverage(contents, taken.nameOf),
      ...narrative(given, "INDICATORS"),
      ...sections.flat(),
      { kind: "heading", level: 2, text: "Border sections" },
      ...narrative(given, "BORDERS"),
      ...tables.borders(contents, taken.nameOf),
      { kind: "heading", level: 2, text: "Neighbours side by side" },
      ...narrative(given, "MIRROR"),
      ...tables.mirrors(contents, taken.nameOf),
      { kind: "heading", level: 2, text: "Quality" },
      ...narrative(given, "QUALITY"),
      ...tables.quality(contents, taken.nameOf),
      ...tables.definitions(contents, taken.nameOf),
      { kind: "heading", level: 2, text: "Early warning and cooperation" },
      ...performance(given.performance, taken.cleared),
      { kind: "heading", level: 2, text: "Method and sources" },
      ...narrative(given, "METHOD"),
      { kind: "list", items: METHOD },
      ...tables.sources(contents),
      ...tables.markings(contents, taken.nameOf),
    ],
  };
}

function markingLine({ tlp, markings }: Given["contents"], { by }: Taken): string {
  const strictest = markings.find((one) => one.tlp === tlp)?.label;
  const owners = markings.map(({ originator }) => originator).join(", ");
  return strictest === undefined ? `Accord · for ${by}` : `${strictest} · ${owners} · for ${by}`;
}

function standing(
  { year, state, publishedAt, contents }: Given,
  { cleared, by, at, nameOf }: Taken,
): string {
  const out = contents.leftOut.map(({ code }) => nameOf(code)).join(", ");
  const rest = out === "" ? "" : ` Nothing stands in it of: ${out}.`;
  const day = words.day(at);
  if (!cleared)
    return `${year} as ${by} may read it on ${day}. Another partner reads another document.${rest}`;
  const published =
    publishedAt === null
      ? `not published yet (${state ?? "not convened"})`
      : `published on ${words.day(publishedAt)}`;
  return `Common version of ${year}, ${published}: what its owners have cleared, as it stood then, read by ${by} on ${day}.${rest}`;
}

function narrative({ narrative: texts }: Given, section: AnalysisSection): Block[] {
  return texts
    .filter((text) => text.section === section)
    .map(({ body }) => ({ kind: "paragraph", text: body }));
}
