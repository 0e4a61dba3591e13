import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { SAMPLES, type Sample } from "./samples";

export const variablesText = (sample: Sample) =>
  sample.variables ? JSON.stringify(sample.variables, null, 2) : "";

function Samples() {
  const { addTab, setOperationName } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);

  function open(sample: Sample) {
    addTab();
    queryEditor?.setValue(sample.query);
    variableEditor?.setValue(variablesText(sample));
    // The editor says so itself 100 ms later; by then one may have executed it.
    setOperationName(sample.name);
  }

  return (
    <section aria-labelledby="accord-samples">
      <h2 id="accord-samples" className="accord-plugin-title">
        Sample queries
      </h2>
      <p>Each opens in a tab of its own; then execute it (Ctrl+Enter in the editor).</p>
      <ul className="accord-samples">
        {SAMPLES.map((sample) => (
          <li key={sample.name}>
            <button type="button" onClick={() => open(sample)}>
              {sample.title}
            </button>
            <p>{sample.about}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Icon() {
  return (
    <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.3" aria-hidden="true">
      <path d="M3 1.5h7l3 3v10H3z M10 1.5v3h3 M5.5 8h5 M5.5 11h5" />
    </svg>
  );
}

export const SAMPLES_PLUGIN: GraphiQLPlugin = {
  title: "Sample queries",
  icon: Icon,
  content: Samples,
};
