import { useSyncExternalStore } from "react";
import { IdentityPicker, TokenField } from "./identity";
import { sessionState, subscribe } from "./session";
import { forgetEverything } from "./storage";

const leavesEditor = navigator.userAgent.includes("Mac") ? "Ctrl+Shift+M" : "Ctrl+M";

export function Header() {
  const session = useSyncExternalStore(subscribe, sessionState);
  const { viewer } = session;
  return (
    <header className="accord-header">
      <h1>Accord playground</h1>
      {session.mode === "demo" && <IdentityPicker session={session} />}
      {session.mode === "paste" && <TokenField session={session} />}
      <p className="accord-who" role="status">
        {session.busy && "Signing in…"}
        {!session.busy && viewer && (
          <>
            You are <strong>{session.mode === "demo" ? session.who : viewer.id}</strong>
            {viewer.partner && ` of ${viewer.partner.name} (${viewer.partner.code})`}
            {viewer.roles.length > 0 && `: ${viewer.roles.join(", ").toLowerCase()}`}
          </>
        )}
        {!session.busy &&
          !viewer &&
          session.mode !== "starting" &&
          "Not signed in: public data only"}
      </p>
      {session.problem && (
        <p className="accord-problem" role="alert">
          {session.problem}
        </p>
      )}
      <p className="accord-hint">
        Tab writes into the editors; <kbd>{leavesEditor}</kbd> lets it leave them.
      </p>
      <button
        type="button"
        onClick={forgetEverything}
        title="Clears queries, history and identity of this browser tab"
      >
        Forget everything
      </button>
    </header>
  );
}
