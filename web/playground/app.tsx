import { HISTORY_PLUGIN } from "@graphiql/plugin-history";
import { GraphiQL } from "graphiql";
import { useSyncExternalStore } from "react";
import { fetcher } from "./fetcher";
import { FollowIdentity } from "./follow-identity";
import { Header } from "./header";
import { ResultTables } from "./result/result-tables";
import { SAMPLES } from "./samples";
import { SAMPLES_PLUGIN, variablesText } from "./samples-plugin";
import { sessionState, subscribe } from "./session";
import { tabStorage } from "./storage";

// Kept out of the component: GraphiQL resets the visible plugin whenever this list is another object.
const PLUGINS = [SAMPLES_PLUGIN, HISTORY_PLUGIN];
const FIRST = SAMPLES.slice(0, 1).map((sample) => ({
  query: sample.query,
  variables: variablesText(sample),
}));
// GraphiQL puts the query of a first tab into the editor, but not its variables.
const FIRST_VARIABLES =
  tabStorage.getItem("graphiql:tabState") === null ? FIRST[0]?.variables : undefined;

export function App() {
  const { mode } = useSyncExternalStore(subscribe, sessionState);
  return (
    <>
      <Header />
      <main>
        {mode === "starting" ? (
          <p className="accord-wait">Signing in…</p>
        ) : (
          <GraphiQL
            fetcher={fetcher}
            storage={tabStorage}
            shouldPersistHeaders={false}
            showPersistHeadersSettings={false}
            defaultTabs={FIRST}
            initialVariables={FIRST_VARIABLES}
            defaultEditorToolsVisibility="variables"
            plugins={PLUGINS}
            visiblePlugin={SAMPLES_PLUGIN}
            defaultTheme="light"
            forcedTheme="light"
            inputValueDeprecation
            schemaDescription
          >
            <GraphiQL.Logo>
              <span />
            </GraphiQL.Logo>
            <GraphiQL.Footer>
              <ResultTables />
            </GraphiQL.Footer>
            <FollowIdentity />
          </GraphiQL>
        )}
      </main>
    </>
  );
}
