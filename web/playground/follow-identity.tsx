import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { sessionState, subscribe } from "./session";

/**
 * After a change of identity: drops every answer of the one before, asks for the schema again and, when the open tab
 * showed the answer to a query (never a mutation), asks that again as well.
 */
export function FollowIdentity() {
  const { epoch } = useSyncExternalStore(subscribe, sessionState);
  const seen = useRef(epoch);
  const { updateActiveTabValues, introspect, run } = useGraphiQLActions();
  const { tabs, activeTabIndex, documentAST, responseEditor } = useGraphiQL((state) => state);

  useEffect(() => {
    if (seen.current === epoch) return;
    seen.current = epoch;
    const hadAnswer = Boolean(responseEditor?.getValue());
    responseEditor?.setValue("");
    updateActiveTabValues({ response: null });
    // GraphiQL has no action for the tabs in the background; it reads these objects again when one is opened.
    for (const [index, tab] of tabs.entries()) if (index !== activeTabIndex) tab.response = null;
    void introspect();
    const operations =
      documentAST?.definitions.filter((definition) => definition.kind === "OperationDefinition") ??
      [];
    const onlyQueries =
      operations.length > 0 && operations.every((operation) => operation.operation === "query");
    if (hadAnswer && onlyQueries) run();
  });
  return null;
}
