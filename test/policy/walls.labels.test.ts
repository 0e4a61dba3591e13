import {
  type GraphQLField,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from "graphql";
import { buildReceipts, policy as receiptsPolicy } from "../../gateway/receipts/subgraph";
import type { BuiltSubgraph } from "../../shared/graphql/subgraph";
import { type PolicyMap, SENSITIVITIES } from "../../shared/policy/sensitivity";
import type { Viewer } from "../../shared/viewer/viewer";
import { policy as alertsPolicy } from "../../subgraphs/alerts/alerts.policy";
import { buildAlerts } from "../../subgraphs/alerts/schema";
import { policy as cooperationPolicy } from "../../subgraphs/cooperation/cooperation.policy";
import { buildCooperation } from "../../subgraphs/cooperation/schema";
import { policy as countriesPolicy } from "../../subgraphs/countries/country.policy";
import { buildCountries } from "../../subgraphs/countries/schema";
import { policy as indicatorsPolicy } from "../../subgraphs/indicators/indicators.policy";
import { buildIndicators } from "../../subgraphs/indicators/schema";
import { buildSharing } from "../../subgraphs/sharing/schema";
import { policy as sharingPolicy } from "../../subgraphs/sharing/sharing.policy";
import { viewerOf } from "../support/viewers";

const POLICIES: Readonly<Record<string, PolicyMap>> = {
  alerts: alertsPolicy,
  cooperation: cooperationPolicy,
  countries: countriesPolicy,
  indicators: indicatorsPolicy,
  receipts: receiptsPolicy,
  sharing: sharingPolicy,
};
const ANALYST: Viewer = viewerOf({ id: "someone", partner: "PAK", roles: ["ANALYST"] });
const OPEN = ["PUBLIC", "INHERITED"];
/** Labels that ask for a role, and those that ask for more than that it reads. */
const WRITING = ["ACTING", "APPROVING", "OWN_LOG", "ANY_LOG"];
const BY_ROLE = ["PARTNER", ...WRITING];
/** What federation adds for the gateway; the passport guards it. */
const FEDERATION = ["Query._service", "Query._entities", "_Service.sdl"];

let built: BuiltSubgraph[];
beforeAll(async () => {
  const subgraphs = [
    buildAlerts,
    buildCooperation,
    buildCountries,
    buildIndicators,
    buildReceipts,
    buildSharing,
  ];
  built = await Promise.all(subgraphs.map((build) => build()));
});

interface Labelled {
  coordinate: string;
  label: string | undefined;
  field: GraphQLField<unknown, unknown>;
}
const objectTypes = (schema: GraphQLSchema) =>
  Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !type.name.startsWith("__"),
  );

function fieldsOf({ name, schema }: BuiltSubgraph): Labelled[] {
  return objectTypes(schema).flatMap((type) =>
    Object.values(isObjectType(type) ? type.getFields() : {}).map((field) => ({
      coordinate: `${type.name}.${field.name}`,
      label: POLICIES[name]?.[type.name]?.[field.name],
      field,
    })),
  );
}
const allFields = (): Labelled[] =>
  built.flatMap(fieldsOf).filter(({ coordinate }) => !FEDERATION.includes(coordinate));

/** What a field answers about an object that says nothing of whose data it holds: a value, or a refusal. */
async function answer({ field }: Labelled, viewer: Viewer | null): Promise<unknown> {
  const asking = {
    viewer,
    terms: { now: new Date(), all: [] },
    verdicts: new WeakMap(),
    subgraph: undefined,
    read: reached,
  };
  try {
    const value = await field.resolve?.({ [field.name]: "a value" }, {}, asking, {
      fieldName: field.name,
    } as never);
    return value instanceof Error ? codeOf(value) : value;
  } catch (error) {
    return codeOf(error);
  }
}
const reached = () => Promise.reject(new Error("reached the resolver"));
const codeOf = (error: unknown) =>
  (error as { extensions?: { code?: string } }).extensions?.code ?? "reached the resolver";

describe("every field of the schemas", () => {
  test("has one of the labels, and every label has its field", () => {
    const labels = allFields().map(({ coordinate, label }) => [
      coordinate,
      label !== undefined && label in SENSITIVITIES,
    ]);
    expect(labels.filter(([, known]) => !known)).toEqual([]);
    expect(labels.length).toBeGreaterThan(140);
    const coordinates = new Set(allFields().map(({ coordinate }) => coordinate));
    const labelled = Object.values(POLICIES).flatMap((policy) =>
      Object.entries(policy).flatMap(([type, fields]) =>
        Object.keys(fields).map((field) => `${type}.${field}`),
      ),
    );
    expect(labelled.filter((coordinate) => !coordinates.has(coordinate))).toEqual([]);
  });

  test("belongs to an object: no interface and no union but federation's own goes round the labels", () => {
    const others = built
      .flatMap(({ schema }) => Object.values(schema.getTypeMap()))
      .filter((type) => isInterfaceType(type) || isUnionType(type));
    expect(new Set(others.map(({ name }) => name))).toEqual(new Set(["_Entity"]));
  });

  test("that is restricted refuses an object that does not say whose data it holds, and nobody at all", async () => {
    const restricted = allFields().filter(({ label = "" }) => !OPEN.includes(label));
    expect(restricted.length).toBeGreaterThan(50);
    for (const one of restricted) {
      const expected = BY_ROLE.includes(one.label ?? "") ? "UNAUTHENTICATED" : "FORBIDDEN";
      expect([one.coordinate, await answer(one, null)]).toEqual([one.coordinate, expected]);
      if (one.label === "PARTNER") continue;
      expect([one.coordinate, await answer(one, ANALYST)]).toEqual([one.coordinate, "FORBIDDEN"]);
    }
  });

  test("that is restricted to partners refuses partners' clients whose roles do not read", async () => {
    for (const one of allFields().filter(({ label = "" }) => BY_ROLE.includes(label))) {
      for (const roles of [[], ["AUDITOR"]] as const) {
        if (one.label === "ANY_LOG" && roles.length > 0) continue;
        expect([one.coordinate, await answer(one, { ...ANALYST, roles })]).toEqual([
          one.coordinate,
          "FORBIDDEN",
        ]);
      }
      expect([one.coordinate, await answer(one, ANALYST)]).not.toEqual([
        one.coordinate,
        "UNAUTHENTICATED",
      ]);
    }
  });

  test("that writes, or reads a log, refuses whoever only reads", async () => {
    const writing = allFields().filter(({ label = "" }) => WRITING.includes(label));
    expect(writing.length).toBeGreaterThanOrEqual(13);
    for (const one of writing) {
      for (const role of ["ANALYST", "OBSERVER"] as const) {
        expect([one.coordinate, await answer(one, { ...ANALYST, roles: [role] })]).toEqual([
          one.coordinate,
          "FORBIDDEN",
        ]);
      }
    }
    const mutations = allFields().filter(({ coordinate }) => coordinate.startsWith("Mutation."));
    expect(mutations.filter(({ label }) => label !== "ACTING" && label !== "APPROVING")).toEqual(
      [],
    );
  });

  test("that is open answers without asking", async () => {
    for (const one of allFields().filter(({ label = "" }) => OPEN.includes(label))) {
      expect([one.coordinate, await answer(one, null)]).not.toEqual([
        one.coordinate,
        expect.stringMatching(/FORBIDDEN|UNAUTH/),
      ]);
    }
  });
});

describe("a subgraph does not build", () => {
  const build = (policy: PolicyMap) => buildCountries(policy);
  const { Query, Country, ...rest } = countriesPolicy as PolicyMap;

  test("with its labels complete it does", async () => {
    await expect(build(countriesPolicy)).resolves.toHaveProperty("schema");
  });

  test("with a field that has no label", async () => {
    const { alpha2: _unlabelled, ...others } = Country ?? {};
    await expect(build({ Query: Query ?? {}, Country: others, ...rest })).rejects.toThrow(
      "Fields without a sensitivity label: Country.alpha2",
    );
  });

  test("with a type that has none", async () => {
    await expect(build({ Query: Query ?? {}, ...rest })).rejects.toThrow(
      "Fields without a sensitivity label: Country.",
    );
  });

  test("with a label that has no field, for instance after the field was renamed", async () => {
    const changed: PolicyMap = { ...countriesPolicy, Country: { ...Country, secret: "PROFILE" } };
    await expect(build(changed)).rejects.toThrow("Labels without a field: Country.secret");
    await expect(build({ ...countriesPolicy, Gone: { code: "PUBLIC" } })).rejects.toThrow(
      "Gone.code",
    );
  });
});
