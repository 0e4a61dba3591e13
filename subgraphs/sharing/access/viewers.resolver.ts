import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { readInstant } from "../../../shared/database/terms.queries";
import { badInput } from "../../../shared/errors/errors";
import type { RequestContext } from "../../../shared/graphql/context";
import { Refusal } from "../../../shared/graphql/user-error";
import { type Allowed, decide, type Resource } from "../../../shared/policy/decide";
import type { Term } from "../../../shared/policy/terms";
import { NO_FACTS, type Viewer } from "../../../shared/viewer/viewer";
import type { Loaders } from "../loaders";
import { readReleases } from "./access.queries";
import { readQuestion } from "./access.resolver";
import { type Cell, type Question, resourcesOf, statisticOf } from "./access.rules";
import { clearedFor } from "./cleared.loader";
import type { Change } from "./preview.rules";
import { preview } from "./preview.service";
import { AgreementPreview, PreviewAgreementInput } from "./preview.type";
import { QuestionArgs } from "./question.args";
import { readViewersOfMine, type TermFor } from "./viewers.queries";
import { CellViewer } from "./viewers.type";

type Context = RequestContext<Loaders>;

@Resolver()
export class ViewersResolver {
  @Query(() => [CellViewer], {
    nullable: true,
    description:
      "Who may see a cell of your own data at this moment: under which agreement, and in which year's analysis you have cleared it. Errors: BAD_USER_INPUT.",
  })
  async whoCanSee(
    @Ctx() context: Context,
    @Args(() => QuestionArgs) question: QuestionArgs,
  ): Promise<CellViewer[]> {
    const { terms, now } = await context.read(async (manager) => ({
      terms: await readViewersOfMine(manager),
      now: await readInstant(manager),
    }));
    const partners = [...new Set(terms.map(({ viewer }) => viewer))];
    const { resources, cell } = await resourcesFor(context, question, partners);
    const owner = context.viewer?.partner ?? "";
    const cleared = cell
      ? await context.read((manager) => clearedFor(manager, owner, cell, { terms, now }))
      : [];
    const seen = partners.flatMap((partner) => {
      const own = terms.filter(({ viewer }) => viewer === partner);
      const allowed = (resources.get(partner) ?? []).map((resource) =>
        allowedTo(partner, resource, own, now),
      );
      return allowed.length > 0 && allowed.every((one) => one !== null)
        ? [{ partner, by: allowed[0] as Allowed }]
        : [];
    });
    return Promise.all([
      ...seen.map(({ partner, by: decision }) => toCellViewer(partner, decision, context.loaders)),
      ...cleared.map(({ partner, year }) => toClearedViewer(partner, year, context.loaders)),
    ]);
  }

  @Mutation(() => AgreementPreview, {
    nullable: true,
    description:
      "Shows what an act, a proposal or a change of a group would open or close of your own data, partner by partner. Changes nothing. userErrors: BAD_USER_INPUT, NOT_FOUND.",
  })
  async previewAgreement(
    @Ctx() context: Context,
    @Arg("input", () => PreviewAgreementInput) input: PreviewAgreementInput,
  ): Promise<AgreementPreview> {
    try {
      const { changes, warnings } = await context.read((manager) =>
        preview(manager, context.viewer as Viewer, input),
      );
      return {
        changes: await Promise.all(
          changes.map((change) => toAccessChange(change, context.loaders)),
        ),
        warnings,
        userErrors: [],
      };
    } catch (error) {
      if (error instanceof Refusal)
        return { changes: [], warnings: [], userErrors: error.userErrors };
      throw error;
    }
  }
}

/** The same cell for each partner: it differs by whether that partner has released its own. */
async function resourcesFor(
  context: Context,
  question: Question,
  partners: readonly string[],
): Promise<{ resources: ReadonlyMap<string, Resource[]>; cell: Cell | null }> {
  const owner = context.viewer?.partner ?? "";
  if (question.category !== "STATISTICS") {
    const resources = resourcesOf(question, owner);
    if (resources.length === 0)
      throw badInput("category", `nothing of ${question.category} is shared by agreement yet.`);
    return { resources: new Map(partners.map((partner) => [partner, resources])), cell: null };
  }
  const cell = await readQuestion(context, question);
  const releases = await context.read((manager) =>
    readReleases(manager, [owner, ...partners], cell.indicator, cell.period),
  );
  return {
    resources: new Map(
      partners.map((partner) => [partner, [statisticOf(cell, owner, partner, releases)]]),
    ),
    cell,
  };
}

function allowedTo(
  partner: string,
  resource: Resource,
  own: readonly TermFor[],
  now: Date,
): Allowed | null {
  const [{ facts = NO_FACTS } = {}] = own;
  const viewer: Viewer = { id: "whoCanSee", partner, roles: ["ANALYST"], ...facts };
  const all = own.map(({ term }) => term);
  const purpose = all.flatMap(({ purposes }) => purposes);
  for (const one of [undefined, ...new Set(purpose)]) {
    const decision = decide(one ? { ...viewer, purpose: one } : viewer, resource, { now, all });
    if (decision.allowed) return decision;
  }
  return null;
}

async function toCellViewer(
  partner: string,
  { term, control, ownNationals }: Allowed,
  loaders: Loaders,
): Promise<CellViewer> {
  const { agreementId: id, title, version, purposes } = term as Term;
  return {
    partner: await loaders.partner.load(partner),
    agreement: { id, title },
    agreementVersion: version,
    analysis: null,
    disclosureControl: control,
    ownNationals,
    onlyFor: purposes.length === 0 ? null : purposes.join(", "),
  };
}

/** Nobody's own nationals are in it where the indicator protects them: only totals are. */
async function toClearedViewer(
  partner: string,
  year: number,
  loaders: Loaders,
): Promise<CellViewer> {
  return {
    partner: await loaders.partner.load(partner),
    agreement: null,
    agreementVersion: null,
    analysis: year,
    disclosureControl: "SUPPRESSION",
    ownNationals: false,
    onlyFor: null,
  };
}

async function toAccessChange({ partner, ...change }: Change, loaders: Loaders) {
  return { partner: await loaders.partner.load(partner), ...change };
}
