import type { Block, Document } from "../../../shared/document/document";
import { TLP_LABELS } from "../../../shared/graphql/marking";
import { HANDLING_CODES, TLPS } from "../../../shared/policy/terms";
import { type GivenRequest, type Mark, TEXT_FIELDS } from "./given";
import { type Label, WORDS, type Words } from "./words";

type Rows = readonly (readonly [label: string, text: string | null])[];
type NameOf = (code: string) => string;

/** Version 1 of the form, in the language of the request. */
export function draftOne(given: GivenRequest, nameOf: NameOf): Document {
  const words = WORDS[given.language];
  return {
    language: given.language,
    title: `${words.title} ${given.reference}`,
    marking: markingOf(given, words),
    blocks: [
      {
        kind: "note",
        text: [words.notAgreed, words.unofficial].filter((text) => text !== "").join("\n"),
      },
      ...section(words.parts.facts, factRows(given, words, nameOf), words),
      ...contentBlocks(given, words),
      ...answerBlocks(given, words),
      timelineOf(given, words, nameOf),
      ...noteBlocks(given, nameOf),
    ],
  };
}

/** On every page the strictest of what stands on any: what is made of several is marked like the closest of them. */
function markingOf({ content, answers }: GivenRequest, words: Words): string {
  const marks = [...(content ? [content.marking] : []), ...answers.map(({ marking }) => marking)];
  const strictest = TLPS.find((tlp) => marks.some((mark) => mark.tlp === tlp));
  if (strictest === undefined) return words.factsOnly;
  const handling = HANDLING_CODES.filter((code) =>
    marks.some((mark) => mark.handling.includes(code)),
  );
  const originators = [...new Set(marks.map(({ originator }) => originator))].join(", ");
  return [
    TLP_LABELS[strictest],
    ...(handling.length > 0 ? [handling.join(" ")] : []),
    originators,
  ].join(" · ");
}

function factRows(
  given: GivenRequest,
  { labels, kinds, channels, urgencies, states }: Words,
  nameOf: NameOf,
): Rows {
  return [
    [labels.reference, given.reference],
    [labels.requester, nameOf(given.requester.code)],
    [labels.requested, nameOf(given.requested.code)],
    [labels.facilitator, nameOf(given.facilitator.code)],
    [labels.kind, kinds[given.kind]],
    [labels.channel, channels[given.channel]],
    [labels.urgency, urgencies[given.urgency]],
    [labels.state, states[given.state]],
    [labels.dueAt, given.dueAt && instant(given.dueAt)],
    [labels.mechanism, given.mechanismVersion],
  ];
}

function contentBlocks({ content }: GivenRequest, words: Words): Block[] {
  const { labels, parts, crimeAreas, urgencyGrounds } = words;
  if (content === null)
    return [
      { kind: "heading", level: 2, text: parts.content },
      { kind: "note", text: words.contentWithheld },
    ];
  const texts = TEXT_FIELDS.map((field): [string, string | null] => [
    labels[field satisfies Label],
    content[field],
  ]);
  return section(
    parts.content,
    [
      ...texts,
      [labels.crimeAreas, content.crimeAreas.map((area) => crimeAreas[area]).join(", ") || null],
      [labels.urgencyGround, content.urgencyGround && urgencyGrounds[content.urgencyGround]],
      [labels.urgencyReason, content.urgencyReason],
      [labels.marking, markText(content.marking)],
      [labels.handlingNote, content.handlingNote],
    ],
    words,
  );
}

function answerBlocks({ answers, feedback }: GivenRequest, words: Words): Block[] {
  const { labels, parts, refusalGrounds, met } = words;
  const given = answers.map(({ part, content, refusal, marking, handlingNote, at }) => {
    const why =
      refusal &&
      [refusalGrounds[refusal.ground], refusal.explanation]
        .filter((text) => text !== null)
        .join(": ");
    return section(
      `${parts.answer} ${part}`,
      [
        [labels.at, instant(at)],
        [parts.answer, content],
        [labels.refusal, why],
        [labels.marking, markText(marking)],
        [labels.handlingNote, handlingNote],
      ],
      words,
    );
  });
  const said =
    feedback && [met[feedback.met], feedback.comment].filter((text) => text !== null).join("\n");
  return [
    ...given.flat(),
    ...(said === null
      ? []
      : [
          { kind: "heading", level: 2, text: parts.feedback } as const,
          { kind: "paragraph", text: said } as const,
        ]),
  ];
}

function timelineOf(
  { timeline }: GivenRequest,
  { labels, parts, states }: Words,
  nameOf: NameOf,
): Block {
  const rows = timeline.map(({ at, by, to, expectedUntil }) => {
    const until = expectedUntil === null ? "" : ` → ${instant(expectedUntil)}`;
    return [instant(at), `${states[to]}${until}`, nameOf(by.code)];
  });
  const columns = [{ title: labels.at }, { title: labels.state }, { title: labels.by }];
  return { kind: "table", table: { caption: parts.timeline, columns, rows } };
}

function noteBlocks({ notes }: GivenRequest, nameOf: NameOf): Block[] {
  if (notes.length === 0) return [];
  return [
    {
      kind: "list",
      items: notes.map(({ at, by, text }) => `${instant(at)}, ${nameOf(by.code)}: ${text}`),
    },
  ];
}

/** A heading and, as a table of two columns, what there is. */
function section(title: string, rows: Rows, { labels }: Words): Block[] {
  const filled = rows.flatMap(([label, text]) => (text === null ? [] : [[label, text]]));
  const columns = [{ title: labels.field }, { title: labels.entry }];
  return [
    { kind: "heading", level: 2, text: title },
    { kind: "table", table: { caption: title, columns, rows: filled } },
  ];
}

function markText({ label, handling, originator }: Mark): string {
  return [label, ...handling, originator].join(" · ");
}

/** The same in every language: no calendar and no numerals to be misread across a border. */
function instant(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
