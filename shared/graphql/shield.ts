import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from "graphql";
import { applyMiddleware } from "graphql-middleware";
import { allow, deny, rule, shield } from "graphql-shield";
import type { DisclosureRecorder, Judged } from "../audit/disclosure-recorder";
import { AccordError } from "../errors/errors";
import { type Decision, decide, type Resource } from "../policy/decide";
import { reasonMessage, withheldMessage } from "../policy/messages";
import type { PolicyMap, Sensitivity } from "../policy/sensitivity";
import type { Terms } from "../policy/terms";
import { mayAct, mayApprove, mayAudit, mayRead, type Viewer } from "../viewer/viewer";

/**
 * The last route: asked once more on the way out, field by field. The only file that knows graphql-shield.
 * An object that carries national data says what it was made of (`[MADE_OF]`); the rule asks `decide` again for each
 * piece, so a row that slipped through a query, a loader or a cache for somebody else stops here.
 */
export const MADE_OF = Symbol("made of");

/** What an object is made of that shows no figure at all. Any other empty list is a mistake, and refused. */
export const NOTHING_SHOWN: readonly never[] = Object.freeze([]);

/** How many values an object holds of each resource it is made of, for the disclosure log; left out = one each. */
export const CELLS = Symbol("cells");

export interface Sensitive {
  readonly [MADE_OF]: readonly Resource[];
  readonly [CELLS]?: readonly number[];
}

/** What a rule may know of a request. `verdicts` remembers, for this request only, what was decided of one list of resources. */
export interface Asking {
  readonly viewer: Viewer | null;
  readonly terms: Terms;
  readonly verdicts: WeakMap<readonly Resource[], Judgement>;
  readonly recorder: DisclosureRecorder;
}

type Verdict = true | AccordError;
interface Judgement {
  readonly verdict: Verdict;
  readonly judged: readonly Judged[];
}
type Check = (parent: Partial<Sensitive> | undefined, asking: Asking) => Verdict;

const granted: Check = (parent, asking) => {
  const resources = parent?.[MADE_OF];
  if (resources === undefined)
    return new AccordError("FORBIDDEN", "This object does not say whose data it holds.");
  if (resources === NOTHING_SHOWN) return true;
  if (resources.length === 0)
    return new AccordError("FORBIDDEN", "This object does not say whose data it holds.");
  const { verdict, judged } = asking.verdicts.get(resources) ?? judge(resources, asking);
  if (verdict === true) asking.recorder.given(parent as object, judged, parent?.[CELLS]);
  return verdict;
};

function judge(
  resources: readonly Resource[],
  { viewer, terms, verdicts, recorder }: Asking,
): Judgement {
  const judged = resources.map((resource) => ({
    resource,
    decision: decide(viewer, resource, terms),
  }));
  const refused = judged.find(({ decision }) => !decision.allowed);
  if (refused) recorder.denied(refused);
  const verdict = refused ? forbidden(refused.resource, refused.decision) : true;
  const judgement = { verdict, judged } as const;
  verdicts.set(resources, judgement);
  return judgement;
}

const signedIn: Check = (_parent, { viewer }) => {
  if (mayRead(viewer)) return true;
  if (viewer)
    return new AccordError("FORBIDDEN", reasonMessage("ROLE"), {
      withheld: "ROLE",
      reason: "ROLE",
    });
  return new AccordError("UNAUTHENTICATED", "Sign in as a partner of the exchange to see this.");
};

/**
 * Judges objects before their fields are asked for, so that the log is being written while they are resolved: an answer
 * that has to wait for the disk should not wait for it last. Only for objects that will be shown: the log says so of them.
 */
export function foresee(objects: readonly Sensitive[], asking: Asking): void {
  for (const object of objects) granted(object, asking);
  asking.recorder.write();
}

/** Labels whose fields keep their own resolver: nothing is asked there. */
type Open = "PUBLIC" | "INHERITED";
const isOpen = (label: Sensitivity): label is Open => label === "PUBLIC" || label === "INHERITED";

/** A mutation, or a reading that is the business of some roles only; on whose data, the subgraph's services say. */
function inRole(may: (viewer: Viewer) => boolean): Check {
  return (parent, asking) => {
    const verdict = signedIn(parent, asking);
    if (verdict !== true || may(asking.viewer as Viewer)) return verdict;
    return new AccordError("FORBIDDEN", "Your role does not do this.", { reason: "ROLE" });
  };
}

const CHECKS: Record<Exclude<Sensitivity, Open>, Check> = {
  PARTNER: signedIn,
  ACTING: inRole(mayAct),
  APPROVING: inRole(mayApprove),
  OWN_LOG: inRole(mayApprove),
  ANY_LOG: (parent, asking) =>
    asking.viewer && mayAudit(asking.viewer) ? true : inRole(mayApprove)(parent, asking),
  PARTY: granted,
  ALERT: granted,
  STATISTICS: granted,
  ANALYSIS: granted,
  CONTACT_DETAILS: granted,
  REQUEST_FACILITATED: granted,
  REQUEST_PARTIES: granted,
  PROFILE: granted,
  OWN: granted,
  CASE_STUDY: granted,
};

function forbidden(resource: Resource, decision: Decision): AccordError {
  const { category } = resource;
  const kind = resource.category === "CONTACT_DETAILS" ? `${category}:${resource.kind}` : category;
  return new AccordError("FORBIDDEN", withheldMessage(decision, category), {
    withheld: kind,
    reason: decision.reason,
  });
}

/** Wraps the labelled fields; every other field keeps its own resolver, since shield makes even `allow` an async call. */
export function shieldSchema(schema: GraphQLSchema, policy: PolicyMap): GraphQLSchema {
  const rules = Object.fromEntries(
    (Object.keys(CHECKS) as (keyof typeof CHECKS)[]).map((label) => [
      label,
      rule(label, { cache: "no_cache" })((parent, _args, context) =>
        CHECKS[label](parent, context),
      ),
    ]),
  ) as Record<keyof typeof CHECKS, ReturnType<ReturnType<typeof rule>>>;
  const tree = Object.fromEntries(
    Object.entries(policy).map(([type, fields]) => [
      type,
      Object.fromEntries(
        Object.entries(fields).map(([field, label]) => [
          field,
          isOpen(label) ? allow : rules[label],
        ]),
      ),
    ]),
  );
  // _service and _entities are served by @apollo/subgraph and guarded by the viewer assertion; fields below them have rules.
  const own = ["_service", "_entities"].filter(
    (name) => name in (schema.getQueryType()?.getFields() ?? {}),
  );
  const federation = {
    Query: { ...tree.Query, ...Object.fromEntries(own.map((name) => [name, allow])) },
  };
  const shielded = applyMiddleware(
    schema,
    shield({ ...tree, ...federation }, { fallbackRule: deny, allowExternalErrors: true }),
  );
  return restorePublicResolvers(schema, shielded, policy);
}

function restorePublicResolvers(
  plain: GraphQLSchema,
  shielded: GraphQLSchema,
  policy: PolicyMap,
): GraphQLSchema {
  for (const [typeName, fields] of Object.entries(policy)) {
    const from = plain.getType(typeName);
    const to = shielded.getType(typeName);
    if (!isObjectType(from) || !isObjectType(to)) continue;
    for (const [name, label] of Object.entries(fields)) {
      const field = to.getFields()[name];
      if (field && isOpen(label))
        field.resolve = from.getFields()[name]?.resolve as GraphQLFieldResolver<unknown, unknown>;
    }
  }
  return shielded;
}
