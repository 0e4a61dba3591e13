/** CAP 1.2 files: what is written is valid and reads back as it was; what is not valid is refused, with its place. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { validateXML } from "xmllint-wasm";
import { INFO_GRADES, SOURCE_GRADES } from "../../shared/graphql/evaluation";
import { toMessage } from "../../subgraphs/alerts/cap-file/message";
import { MOST_BYTES, readCap } from "../../subgraphs/alerts/cap-file/read";
import { writeCap } from "../../subgraphs/alerts/cap-file/write";
import { toAlert } from "../../subgraphs/alerts/messages/alert.mapping";
import type { AlertRow } from "../../subgraphs/alerts/messages/alert.queries";
import * as cap from "../../subgraphs/alerts/messages/cap";
import { viewerOf } from "../support/viewers";

const grammar = readFileSync(join(__dirname, "..", "support", "cap-1.2.rng"), "utf8");
const faultsOf = async (xml: string): Promise<string[]> => {
  const { errors } = await validateXML({ xml, schema: grammar, extension: "relaxng" });
  return errors.map(({ message }) => message);
};

const SENT = new Date("2026-03-01T09:30:00.000Z");
const row = (change: Partial<AlertRow> = {}): AlertRow => ({
  identifier: "01890000-0000-7000-8000-000000000000",
  owner: "TUR",
  author: "tur-officer",
  status: "Actual",
  msg_type: "Alert",
  source: null,
  scope: "Private",
  restriction: null,
  code: [],
  note: null,
  incidents: [],
  info: [],
  expires: SENT,
  tlp: "AMBER_STRICT",
  handling: [],
  handling_note: null,
  source_evaluation: null,
  info_evaluation: null,
  ack_minutes: null,
  figures: [],
  sent: SENT,
  cursor: null,
  state: "ACTIVE",
  addressees: [],
  audience: [{ partner: "PAK" }],
  references: [],
  origin: null,
  signatures: [],
  groups: [],
  ...change,
});
const viewer = viewerOf({ id: "tur-officer", partner: "TUR", roles: ["OFFICER"] });

/** Any text that our own rules let through: nothing that XML cannot hold, no line ends that it would change. */
const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
  .filter((it) => it.trim() !== "" && !/(?![\t\n])[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(it));
const some = <T>(value: fc.Arbitrary<T>) => fc.array(value, { maxLength: 3 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const of = <T>(list: readonly T[]) => fc.constantFrom(...list);
const time = fc
  .integer({
    min: Date.parse("2026-01-01T00:00:00Z") / 1000,
    max: Date.parse("2030-01-01T00:00:00Z") / 1000,
  })
  .map((seconds) => new Date(seconds * 1000).toISOString());
const pair = fc.record({ valueName: text, value: text });
const word = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/).filter((it) => !/^H[0-3]$/.test(it));
const infoBlock = fc.record({
  language: of(["en-US", "fa", "ps", "ur", "ar", "bn", "tr", "zh-Hant-TW"]),
  category: fc.array(of(cap.CATEGORIES), { minLength: 1, maxLength: 3 }),
  event: text,
  responseType: some(of(cap.RESPONSE_TYPES)),
  urgency: of(cap.URGENCIES),
  severity: of(cap.SEVERITIES),
  certainty: of(cap.CERTAINTIES),
  audience: maybe(text),
  eventCode: some(pair),
  effective: maybe(time),
  onset: maybe(time),
  expires: time,
  senderName: maybe(text),
  headline: maybe(text),
  description: maybe(text),
  instruction: maybe(text),
  web: maybe(of(["https://example.org/a?b=1&c=2", "http://example.org/"])),
  contact: maybe(text),
  parameter: some(pair),
  resource: some(
    fc.record({
      resourceDesc: text,
      mimeType: of(["application/pdf"]),
      size: maybe(fc.nat()),
      uri: maybe(of(["https://example.org/map.pdf"])),
      digest: maybe(of(["0".repeat(64)])),
    }),
  ),
  area: some(
    fc.record({
      areaDesc: text,
      polygon: some(of(["38,44 38,45 39,45 38,44"])),
      circle: some(of(["38.5,44.1 20"])),
      geocode: some(pair),
    }),
  ),
});
const anyRow = fc.record({
  status: of(cap.STATUSES),
  source: maybe(text),
  code: some(word),
  note: maybe(text),
  incidents: some(word),
  info: some(infoBlock),
  tlp: of(["RED", "AMBER_STRICT", "AMBER", "GREEN", "CLEAR"] as const),
  handling: fc.subarray(["H0", "H1", "H2", "H3"] as const).map((it) => [...it]),
  handling_note: maybe(text),
  source_evaluation: of(SOURCE_GRADES),
  info_evaluation: of(INFO_GRADES),
  ack_minutes: maybe(fc.integer({ min: 5, max: 10_080 })),
});

test("any message is written as a valid file and reads back as it was", async () => {
  const rows = fc
    .sample(anyRow, { numRuns: 200, seed: 20_261_124 })
    .map((it) => row(it as Partial<AlertRow>));
  const files: string[] = [];
  for (const one of rows) {
    const xml = writeCap(toAlert(one, viewer));
    files.push(xml);
    const { msgType, origin, codeFaults, ...back } = toMessage(readCap(xml));
    const { identifier } = one;
    expect([msgType, origin, codeFaults]).toEqual([
      "Alert",
      { sender: one.owner, identifier, sent: SENT.toISOString() },
      [],
    ]);
    expect(back).toEqual({
      status: one.status,
      source: one.source,
      scope: "Private",
      restriction: null,
      note: one.note,
      references: [],
      incidents: one.incidents,
      info: one.info,
      code: one.code,
      tlp: one.tlp,
      handling: one.handling,
      handlingNote: one.handling_note ?? undefined,
      evaluation: { source: one.source_evaluation, information: one.info_evaluation },
      acknowledgeWithin: one.ack_minutes ?? undefined,
      addresses: { partners: ["PAK"], groups: [], persons: [] },
    });
  }
  for (const xml of files.filter((_, at) => at % 4 === 0)) expect(await faultsOf(xml)).toEqual([]);
});

test("instants are written as CAP wants them, and references, addresses and restrictions in its form", async () => {
  const xml = writeCap(
    toAlert(
      row({
        msg_type: "Update",
        scope: "Restricted",
        restriction: "Border police",
        status: "Exercise",
        note: "Drill",
        audience: [
          { partner: "PAK" },
          { group: "COAST" },
          { partner: "BGD", person: "bgd officer" },
        ],
        references: [
          {
            message: "01890000-0000-7000-8000-000000000001",
            identifier: "01890000-0000-7000-8000-000000000001",
            sender: "TUR",
            sent: "2026-03-01T09:00:00Z",
          },
        ],
      }),
      viewer,
    ),
  );
  expect(await faultsOf(xml)).toEqual([]);
  expect(xml).toContain("<sent>2026-03-01T09:30:00-00:00</sent>");
  expect(xml).toContain(
    "<references>TUR,01890000-0000-7000-8000-000000000001,2026-03-01T09:00:00-00:00</references>",
  );
  expect(xml).toContain("<addresses>PAK group:COAST &quot;BGD/bgd officer&quot;</addresses>");
  const back = toMessage(readCap(xml));
  expect(back.addresses).toEqual({
    partners: ["PAK"],
    groups: ["COAST"],
    persons: ["BGD/bgd officer"],
  });
  expect(back.references).toEqual([
    "TUR,01890000-0000-7000-8000-000000000001,2026-03-01T09:00:00-00:00",
  ]);
});

const good = writeCap(
  toAlert(
    row({
      info: fc
        .sample(infoBlock, { numRuns: 1, seed: 7 })
        .map((it) => ({ ...it, event: "Route", area: [], resource: [] })),
    }),
    viewer,
  ),
);

describe("a file that breaks the schema is refused, by our reader as by the grammar", () => {
  test.each<[string, (xml: string) => string]>([
    ["Z", (xml) => xml.replace(/(<sent>[^<]*)-00:00/, "$1Z")],
    ["milliseconds", (xml) => xml.replace(/(<sent>[^<]*)-00:00/, "$1.000-00:00")],
    ["an instant without an offset", (xml) => xml.replace(/(<sent>[^<]*)-00:00/, "$1")],
    ["Acknowledge", (xml) => xml.replace(">Alert</msgType>", ">Acknowledge</msgType>")],
    ["Very Likely", (xml) => xml.replace(/<certainty>[^<]*/, "<certainty>Very Likely")],
    ["no sender", (xml) => xml.replace(/<sender>.*<\/sender>/, "")],
    ["two senders", (xml) => xml.replace(/(<sender>.*<\/sender>)/, "$1$1")],
    [
      "another order",
      (xml) => xml.replace(/(<sender>.*<\/sender>)(\s*)(<sent>.*<\/sent>)/, "$3$2$1"),
    ],
    ["an element of its own", (xml) => xml.replace("<sender>", "<priority>1</priority><sender>")],
    ["text between elements", (xml) => xml.replace("<sender>", "now<sender>")],
    ["another namespace", (xml) => xml.replace("cap:1.2", "cap:1.1")],
    ["no category", (xml) => xml.replace(/<category>[^<]*<\/category>\s*/g, "")],
    ["elements in a text", (xml) => xml.replace("<event>Route", "<event><b>x</b>")],
    ["an unclosed element", (xml) => xml.replace("</alert>", "")],
  ])("%s", async (_name, spoil) => {
    const xml = spoil(good);
    expect(xml).not.toBe(good);
    expect(() => readCap(xml)).toThrow();
    expect((await faultsOf(xml)).length).toBeGreaterThan(0);
  });

  test("and the one they were made of is not", async () => {
    expect(await faultsOf(good)).toEqual([]);
    expect(readCap(good).identifier).toEqual(["01890000-0000-7000-8000-000000000000"]);
  });
});

describe("a file that could do more than say something is refused before it is parsed", () => {
  const into = (doctype: string, use: string) =>
    good.replace("?>", `?>${doctype}`).replace("<event>Route", `<event>${use}`);
  test.each([
    [
      "an external entity",
      into('<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
    ],
    [
      "entities that grow",
      into('<!DOCTYPE alert [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>', "&b;"),
    ],
    ["a document type elsewhere", into('<!doctype alert SYSTEM "http://example.org/x.dtd">', "x")],
    ["more than it may hold", good.replace("<event>Route", `<event>${"x".repeat(MOST_BYTES)}`)],
    ["nothing at all", ""],
    ["no XML", "{}"],
  ])("%s", (_name, xml) => {
    expect(() => readCap(xml)).toThrow(/document type|larger than|not XML/);
  });

  test("an entity that XML does not know, and half a one", () => {
    for (const use of ["&nbsp;", "a & b", "&#0;", "&#x110000;"]) {
      expect(() => readCap(good.replace("<event>Route", `<event>${use}`))).toThrow("XML");
    }
  });
});

test("a file with a prefix, character references and CDATA is read all the same", async () => {
  const xml = `<?xml version="1.0"?><!-- ours --><c:alert xmlns:c="urn:oasis:names:tc:emergency:cap:1.2"><c:identifier>A&#45;1</c:identifier>
    <c:sender>x@example.org</c:sender><c:sent>2026-03-01T12:30:00+03:00</c:sent><c:status>Test</c:status><c:msgType>Alert</c:msgType>
    <c:scope>Private</c:scope><c:note><![CDATA[a < b & c]]> &#x26;lt; &amp;lt;</c:note></c:alert>`;
  expect(await faultsOf(xml)).toEqual([]);
  const read = readCap(xml);
  expect([read.identifier, read.note, toMessage(read).info]).toEqual([
    ["A-1"],
    ["a < b & c &lt; &lt;"],
    [],
  ]);
});
