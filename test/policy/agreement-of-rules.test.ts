import fc from "fast-check";
import type { Role, Viewer } from "../../shared/identity/viewer";
import { type AccessReason, type Allowed, decide, type Statistic } from "../../shared/policy/decide";
import { AGREEMENT_STATUSES, CONTROLS } from "../../shared/policy/terms";
import { resourceOf } from "../../subgraphs/indicators/series.queries";
import * as rules from "../support/rule-book";

const as = (partner: string, ...roles: Role[]): Viewer => ({ id: "someone", partner, roles });
const PAK = as("PAK", "ANALYST");
const FRONTEX = as("FRONTEX", "ANALYST");
const READERS = [PAK, as("IRN", "OFFICER"), FRONTEX, as("ATL", "ANALYST"), as("AUDITOR", "ANALYST")];
const NO_READERS = [as("PAK", "AUDITOR"), as("PAK"), as("AUDITOR", "AUDITOR"), null];

const DETAILS: readonly string[][] = [[], ["CITIZENSHIP"], ["SEX"], ["CITIZENSHIP", "SEX"]];
const MINUTE = 60_000;
const DAY = 86_400_000;

let book: rules.RuleBook;
const at = (milliseconds: number): Date => new Date(book.now.getTime() + milliseconds);
beforeAll(async () => {
  book = await rules.openRuleBook();
});
beforeEach(() => book.begin());
afterEach(() => book.forget());
afterAll(() => book.close());

/** The widest grant; whatever a test does not vary opens. */
function grant(owner: string, change: Partial<rules.Grant> = {}): rules.Grant {
  return {
    ...{ category: "STATISTICS", owners: [owner], viewers: ["PAK", "FRONTEX", "ATL", "AUDITOR"], contactKinds: [] },
    ...{ indicators: ["ASY", "REF", "RET"], detail: ["CITIZENSHIP", "SEX"], control: "NONE", ownNationals: false },
    ...{ status: "ACTIVE", validFrom: at(-DAY), validUntil: null, dataFrom: null, dataUntil: null },
    ...{ embargoDays: 0, reciprocal: false, ...change },
  };
}

/** A grant to each owner, one for every combination of the values given. */
function everyGrant(values: { [Key in keyof rules.Grant]?: readonly rules.Grant[Key][] }): rules.Grant[] {
  const names = Object.keys(values) as (keyof rules.Grant)[];
  const changes = names.reduce<Partial<rules.Grant>[]>(
    (some, name) => some.flatMap((one) => (values[name] ?? []).map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
  return changes.filter(isStorable).map((change, index) => grant(`owner ${index}`, change));
}

/** The database refuses an agreement that ends before it begins. */
const isStorable = ({ validFrom, validUntil }: Partial<rules.Grant>): boolean =>
  !validFrom || !validUntil || validFrom < validUntil;

/** What decides, a change to the widest grant, and one to an uncut table by citizenship of 2015-Q3. */
const SINGLE_CASES = (): readonly [AccessReason, Partial<rules.Grant>, Partial<rules.NewTable>][] => [
  ["GRANTED", {}, {}],
  ["NO_AGREEMENT", { viewers: ["IRN"] }, {}],
  ["NO_AGREEMENT", { owners: ["somebody else"] }, {}],
  ["NO_AGREEMENT", { category: "PROFILE" }, {}],
  ["INDICATOR", { indicators: ["RET"] }, {}],
  ["DETAIL", { detail: [] }, {}],
  ["DETAIL", { detail: ["SEX"] }, {}],
  ["DETAIL", { detail: ["CITIZENSHIP"] }, { dimensions: ["CITIZENSHIP", "SEX"] }],
  ["GRANTED", { detail: ["CITIZENSHIP"] }, { dimensions: [] }],
  ["DETAIL", { control: "SUPPRESSION" }, {}],
  ["DETAIL", {}, { control: "CONTROLLED_ROUNDING" }],
  ["DETAIL", {}, { indicator: "ASY", cut: true }],
  ["GRANTED", {}, { indicator: "ASY", cut: true, audience: "PAK" }],
  ["DETAIL", {}, { indicator: "ASY", cut: true, audience: "IRN" }],
  ["GRANTED", { ownNationals: true }, { indicator: "ASY", cut: true }],
  ["DETAIL", { ownNationals: true }, { indicator: "ASY", cut: true, audience: "PAK" }],
  ["GRANTED", { dataFrom: "2015-07-01", dataUntil: "2015-10-01" }, {}],
  ["PERIOD", { dataFrom: "2015-07-02" }, {}],
  ["PERIOD", { dataUntil: "2015-09-30" }, {}],
  ["NOT_IN_FORCE", { status: "PROPOSED" }, {}],
  ["NOT_IN_FORCE", { status: "SUSPENDED" }, {}],
  ["NOT_IN_FORCE", { status: "REVOKED" }, {}],
  ["NOT_IN_FORCE", { status: "DECLINED" }, {}],
  ["GRANTED", { validFrom: at(0), validUntil: at(1) }, {}],
  ["VALIDITY", { validFrom: at(1) }, {}],
  ["VALIDITY", { validFrom: null }, {}],
  ["VALIDITY", { validUntil: at(0) }, {}],
  ["NOT_RELEASED", {}, { released_at: at(1) }],
  ["EMBARGO", { embargoDays: 1 }, { released_at: at(1 - DAY) }],
  ["GRANTED", { embargoDays: 1 }, { released_at: at(-DAY) }],
  ["GRANTED", { reciprocal: true }, {}],
  ["RECIPROCITY", { reciprocal: true }, { indicator: "RET" }],
];

describe("decide, the predicate and row-level security are one rule", () => {
  test("for every grant and every form of every table, whoever asks", async () => {
    const grants = everyGrant({
      category: ["STATISTICS", "PROFILE"],
      viewers: [["PAK", "FRONTEX", "ATL", "AUDITOR"], ["*"], ["IRN"], []],
      indicators: [["ASY", "REF"], ["RET"]],
      detail: DETAILS,
      control: CONTROLS,
      ownNationals: [false, true],
    });
    const own = ["PAK", "IRN", "FRONTEX", "ATL", "AUDITOR"].map((owner) =>
      grant(owner, { viewers: ["*"], ownNationals: true }),
    );
    await book.store([...grants, ...own]);
    const tables = [...grants, ...own].flatMap(({ owners: [owner = ""] }) =>
      DETAILS.flatMap((dimensions) =>
        ["ASY", "REF"].flatMap((indicator) => rules.formsOf({ owner, indicator, dimensions })),
      ),
    );
    await book.release(tables);
    const before = book.compared;
    const ownersSeen = new Map<Viewer | null, number>();
    for (const viewer of [...READERS, ...NO_READERS]) {
      const { visible } = await book.ask(viewer);
      ownersSeen.set(viewer, new Set(visible.map(({ owner }) => owner)).size);
    }
    // Of 384 grants half are of another category, half of the rest about another indicator, half of those name others. The
    // five that partners give to everybody open those five owners, but to the unknown partner and the auditor only themselves.
    expect([...ownersSeen.values()]).toEqual([53, 53, 53, 1, 1, 0, 0, 0, 0]);
    expect(book.compared - before).toBe(tables.length * 9);
  });

  test("at every boundary of time: status, validity, periods, embargo, reciprocity", async () => {
    const grants = everyGrant({
      status: AGREEMENT_STATUSES,
      validFrom: [at(-1), at(0), at(1), null],
      validUntil: [at(0), at(1), null],
      dataFrom: [null, rules.startOf("2015-Q2")],
      dataUntil: [null, rules.endOf("2015-Q4")],
      embargoDays: [0, 90],
      reciprocal: [false, true],
    });
    await book.store(grants);
    const instants = [-1, 0, 1].flatMap((milliseconds) => [at(milliseconds), at(milliseconds - 90 * DAY)]);
    const tables = instants.flatMap((released_at) =>
      rules.QUARTERS.flatMap((period) =>
        ["ASY", "REF", "RET"].map((indicator) => ({ released_at, period, indicator })),
      ),
    );
    await book.release(grants.flatMap(({ owners: [owner = ""] }) => tables.map((table) => ({ ...table, owner }))));
    const before = book.compared;
    for (const viewer of [PAK, FRONTEX]) expect((await book.ask(viewer)).visible.length).toBeGreaterThan(1_000);
    expect(book.compared - before).toBeGreaterThan(100_000);
  });

  test("down to the condition that each of them names", async () => {
    const grants = SINGLE_CASES().map(([, change], index) => grant(`owner ${index}`, change));
    await book.store(grants);
    const table = { indicator: "REF", dimensions: ["CITIZENSHIP"], period: "2015-Q3" };
    await book.release(SINGLE_CASES().map(([, , change], index) => ({ ...table, owner: `owner ${index}`, ...change })));
    const { tables, visible, termsOf, reciprocated } = await book.ask(PAK);
    const reasons = tables.map((one) => {
      return decide(PAK, resourceOf(one as never, reciprocated(one)), { now: book.now, all: termsOf(one.owner) })
        .reason;
    });
    expect(reasons).toEqual(SINGLE_CASES().map(([reason]) => reason));
    expect(visible.map(({ id }) => id)).toEqual(
      tables.filter((_, index) => reasons[index] === "GRANTED").map(({ id }) => id),
    );
  });

  test("in any time zone of the database: a day of embargo is 24 hours, summer time or not", async () => {
    await book.query("SET LOCAL TIME ZONE 'Europe/Vienna'");
    const days = [30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330];
    await book.store(days.map((embargoDays) => grant(`owner ${embargoDays}`, { embargoDays })));
    const offsets = [-MINUTE, -1, 0, 1, MINUTE];
    await book.release(
      days.flatMap((day) =>
        offsets.map((offset) => ({ owner: `owner ${day}`, indicator: "REF", released_at: at(offset - day * DAY) })),
      ),
    );
    expect((await book.ask(PAK)).visible).toHaveLength(days.length * 3);
  });

  test("between two milliseconds, which the database tells apart and a Date does not", async () => {
    await book.store([
      grant("begins"),
      grant("ends", { validUntil: at(DAY) }),
      grant("released"),
      grant("held", { embargoDays: 90 }),
    ]);
    await book.release(
      ["begins", "ends", "released", "held"].map((owner) => ({ owner, indicator: "REF", released_at: at(-DAY) })),
    );
    await book.query(`UPDATE sharing.agreement a SET valid_from = sharing.instant() + '400 microseconds'
      FROM sharing.term t WHERE t.agreement_id = a.id AND t.owners = '{begins}'`);
    await book.query(`UPDATE sharing.agreement a SET valid_until = sharing.instant() + '400 microseconds'
      FROM sharing.term t WHERE t.agreement_id = a.id AND t.owners = '{ends}'`);
    await book.query(
      "UPDATE indicators.released_table SET released_at = sharing.instant() + '400 microseconds' WHERE owner = 'released'",
    );
    await book.query(`UPDATE indicators.released_table SET released_at = sharing.instant() - interval '90 days' + '400 microseconds'
      WHERE owner = 'held'`);
    await book.ask(PAK);
  });

  test("grants do not add up: a table is seen under several grants if and only if one of them opens it alone", async () => {
    let opened = 0;
    for (const { viewer, seen } of await askAboutSets()) {
      const visible = new Set(seen.visible);
      const openedByOne = seen.tables.filter((table) => {
        const resource = resourceOf(table as never, seen.reciprocated(table));
        return seen
          .termsOf(table.owner)
          .some((term) => decide(viewer, resource, { now: book.now, all: [term] }).allowed);
      });
      expect(openedByOne.length).toBe(visible.size);
      expect(openedByOne.filter((table) => !visible.has(table))).toEqual([]);
      opened += visible.size;
    }
    expect(opened).toBeGreaterThan(500);
  });

  test("asked without a table, decide says yes if and only if some form is open, and names the least protective one", async () => {
    const answers = { yes: 0, no: 0 };
    for (const { viewer, seen } of await askAboutSets()) {
      const first = new Map(seen.visible.toReversed().map((table) => [nameOf(table), table]));
      for (const [name, any] of new Map(seen.tables.map((table) => [nameOf(table), table]))) {
        const { table: _form, ...question } = resourceOf(any as never, seen.reciprocated(any));
        const decision = decide(viewer, question as Statistic, { now: book.now, all: seen.termsOf(any.owner) });
        const form = first.get(name);
        answers[decision.allowed ? "yes" : "no"]++;
        if (!form && !decision.allowed) continue;
        const { allowed, control, ownNationals } = decision as Allowed;
        const named = { allowed, control, audience: form?.cut && !ownNationals ? viewer.partner : null };
        expect(named).toEqual({ allowed: true, control: form?.control, audience: form?.audience });
      }
    }
    expect(answers.yes).toBeGreaterThan(500);
    expect(answers.no).toBeGreaterThan(500);
  });

  const nameOf = (table: rules.Table): string =>
    [table.owner, table.indicator, table.period, table.dimensions].join("/");

  /** Random sets of one to five grants of one owner each, over tables released in every form. */
  async function askAboutSets() {
    const pick = <T>(...values: T[]) => fc.constantFrom(...values);
    const change = fc.record({
      viewers: pick(["PAK"], ["FRONTEX"], ["PAK", "FRONTEX"], ["*"]),
      indicators: pick(["ASY"], ["REF"], ["ASY", "REF"]),
      detail: pick(...DETAILS),
      control: pick(...CONTROLS),
      ownNationals: fc.boolean(),
      status: pick("ACTIVE", "ACTIVE", "ACTIVE", "SUSPENDED"),
      validUntil: pick(null, null, at(0), at(1)),
      dataFrom: pick(null, null, rules.startOf("2015-Q3")),
      embargoDays: pick(0, 0, 1),
      reciprocal: pick(false, false, true),
    } as never) as fc.Arbitrary<Partial<rules.Grant>>;
    const sets = fc.sample(fc.array(change, { minLength: 1, maxLength: 5 }), { numRuns: 150, seed: 20_261_123 });
    await book.store(sets.flatMap((set, index) => set.map((one) => grant(`owner ${index}`, one))));
    const kinds = ["ASY", "REF"].flatMap((indicator) =>
      ["2015-Q2", "2015-Q3"].map((period) => ({ indicator, period })),
    );
    const tables = kinds.flatMap((kind) =>
      DETAILS.flatMap((dimensions) => rules.formsOf({ ...kind, dimensions, owner: "", released_at: at(-DAY / 2) })),
    );
    await book.release(sets.flatMap((_, index) => tables.map((table) => ({ ...table, owner: `owner ${index}` }))));
    const asked = [];
    for (const viewer of [PAK, FRONTEX]) asked.push({ viewer, seen: await book.ask(viewer) });
    return asked;
  }
});
