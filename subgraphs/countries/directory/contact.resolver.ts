import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../../shared/graphql/context";
import type { Viewer } from "../../../shared/viewer/viewer";
import { Country } from "../country.type";
import type { Loaders } from "../loaders";
import { loadPage, Paging } from "../paging";
import { toVersion } from "./contact.mapping";
import { readUnverified, readVersions } from "./contact.queries";
import {
  ContactVersionConnection,
  FocalPerson,
  LiaisonOfficer,
  NationalContactPoint,
} from "./contact.type";

type Context = RequestContext<Loaders>;

@Resolver(() => Country)
export class ContactResolver {
  @FieldResolver(() => [NationalContactPoint], { nullable: true })
  async nationalContactPoints(
    @Root() { code }: Country,
    @Ctx() { loaders }: Context,
  ): Promise<NationalContactPoint[]> {
    return (await loaders.contacts.load(code)).NATIONAL_CONTACT_POINT;
  }

  @FieldResolver(() => [FocalPerson], { nullable: true })
  async focalPersons(
    @Root() { code }: Country,
    @Ctx() { loaders }: Context,
  ): Promise<FocalPerson[]> {
    return (await loaders.contacts.load(code)).FOCAL_PERSON;
  }

  @FieldResolver(() => [LiaisonOfficer], { nullable: true, description: "Posted by this country." })
  async liaisonOfficers(
    @Root() { code }: Country,
    @Ctx() { loaders }: Context,
  ): Promise<LiaisonOfficer[]> {
    return (await loaders.contacts.load(code)).LIAISON_OFFICER;
  }

  @Query(() => ContactVersionConnection, {
    nullable: true,
    description:
      "Your own country's contacts in every version, newest first. Errors: BAD_USER_INPUT.",
  })
  contactVersions(
    @Ctx() context: Context,
    @Args(() => Paging) page: Paging,
    @Arg("contact", () => ID, { nullable: true }) contact?: string | null,
    @Arg("waiting", () => Boolean, {
      defaultValue: false,
      description: "Only what waits for its second person.",
    })
    waiting?: boolean,
  ) {
    const owner = (context.viewer as Viewer).partner;
    const of = { owner, contact: contact ?? null, waiting: waiting === true };
    return loadPage(
      context,
      page,
      (manager, slice) => readVersions(manager, of, slice),
      (row) => toVersion(row, context.terms.now),
    );
  }

  @Query(() => ContactVersionConnection, {
    nullable: true,
    description:
      "A reminder: your own country's contacts of today that nobody has verified for as long as the exchange is set to, longest first. Errors: BAD_USER_INPUT.",
  })
  contactsToVerify(@Ctx() context: Context, @Args(() => Paging) page: Paging) {
    const of = { owner: (context.viewer as Viewer).partner, days: context.loaders.verifyAfterDays };
    return loadPage(
      context,
      page,
      (manager, slice) => readUnverified(manager, of, slice),
      (row) => toVersion(row, context.terms.now),
    );
  }
}
