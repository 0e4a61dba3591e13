import type { RequestContext } from "../../../shared/graphql/context";
import { type Written, writeOnce } from "../../../shared/graphql/mutation";
import type { Viewer } from "../../../shared/viewer/viewer";
import { conflict, dayOf, Faults, requireNational, sayDay, sayText } from "../input.rules";
import { logWrite } from "../write.audit";
import { insertMemorandum, readMemorandum } from "./fact.queries";
import type { RecordMouStatusInput } from "./fact.type";

/** A country says itself where its approval stands: public, dated and with its source, and it opens nothing. */
export function recordMouStatus(
  context: RequestContext,
  input: RecordMouStatusInput,
): Promise<Written> {
  return writeOnce(context, { operation: "recordMouStatus", input }, async (manager) => {
    const viewer = context.viewer as Viewer;
    requireNational(viewer);
    const faults = new Faults();
    sayDay(faults.say, "asOf", input.asOf);
    if (input.asOf > dayOf(context.terms.now))
      faults.say("asOf", "is in the future. Say it on that day.");
    sayText(faults.say, "source", input.source, 500);
    faults.check();
    await manager.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 6))", [viewer.partner]);
    const newest = (await readMemorandum(manager, [viewer.partner])).at(-1);
    if (newest && newest.as_of >= input.asOf)
      throw conflict(
        ["input", "asOf"],
        `The newest is of ${newest.as_of}: ${newest.state}. Give a later day.`,
      );
    const { state, asOf, source } = input;
    await insertMemorandum(manager, { country: viewer.partner, state, as_of: asOf, source });
    await logWrite(manager, context, { category: "DIRECTORY", detail: "MEMORANDUM" });
    return viewer.partner;
  });
}
