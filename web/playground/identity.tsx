import { useState } from "react";
import { become, type SessionState, takeToken } from "./session";

interface Props {
  session: SessionState;
}

/** Demo only: be anyone of the demo world. */
export function IdentityPicker({ session }: Props) {
  const [wanted, setWanted] = useState(session.who);
  return (
    <label className="accord-identity">
      Act as{" "}
      <select
        value={session.busy ? wanted : session.who}
        onChange={(event) => {
          setWanted(event.target.value);
          void become(event.target.value);
        }}
      >
        <option value="">nobody (public data)</option>
        {session.identities.map((identity) => (
          <option key={identity.clientId} value={identity.clientId}>
            {identity.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A real deployment: the token comes from the sign-in of one's own organisation, and stays in memory only. */
export function TokenField({ session }: Props) {
  const [text, setText] = useState("");
  if (session.who) {
    return (
      <button type="button" onClick={() => void takeToken("")}>
        Sign out
      </button>
    );
  }
  return (
    <form
      className="accord-identity"
      onSubmit={(event) => {
        event.preventDefault();
        void takeToken(text);
        setText("");
      }}
    >
      <label>
        Access token{" "}
        <input
          type="password"
          autoComplete="off"
          placeholder="paste a token"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <button type="submit" disabled={session.busy || !text.trim()}>
        Use it
      </button>
    </form>
  );
}
