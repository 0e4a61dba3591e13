/** Who is asking. The token lives in memory only; of a demo identity the tab remembers its name. */
import { askViewer, requestToken, type Token, type Viewer } from "./sign-in";
import { tabStorage } from "./storage";

export interface Identity {
  clientId: string;
  label: string;
}

export interface SessionState {
  /** `demo`: identities to choose from; `paste`: a real deployment, where one pastes a token. */
  mode: "starting" | "demo" | "paste";
  identities: readonly Identity[];
  /** The demo identity's client id, `pasted token`, or `` for nobody. */
  who: string;
  viewer: Viewer | null;
  busy: boolean;
  problem: string | null;
  /** Counts the changes of identity, so that answers of the one before can be dropped. */
  epoch: number;
}

const DEFAULT_IDENTITY = "pak-analyst";
const REMEMBERED = "accord:identity";

let state: SessionState = {
  mode: "starting",
  identities: [],
  who: "",
  viewer: null,
  busy: false,
  problem: null,
  epoch: 0,
};
let token: Token | null = null;
let requests = new AbortController();
const listeners = new Set<() => void>();

export const sessionState = () => state;

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function update(change: Partial<SessionState>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

/** Aborts with the identity it was handed out for: an answer must never appear under another one's name. */
export const requestSignal = () => requests.signal;

export async function authorization(): Promise<string | undefined> {
  if (token && state.mode === "demo" && token.expiresAt < Date.now() + 20_000) {
    const before = token;
    const fresh = await requestToken(state.who);
    if (token === before) token = fresh;
  }
  return token ? `Bearer ${token.value}` : undefined;
}

export async function start(): Promise<void> {
  let identities: Identity[] | null = null;
  let problem: string | null = null;
  try {
    const response = await fetch("/playground/identities.json");
    if (response.ok) identities = (await response.json()) as Identity[];
    else if (response.status !== 404)
      problem = `The list of demo identities answered ${response.status}.`;
  } catch {
    problem = "The exchange does not answer.";
  }
  if (!identities) return update({ mode: "paste", problem, epoch: 1 });
  update({ identities });
  const remembered = tabStorage.getItem(REMEMBERED) ?? DEFAULT_IDENTITY;
  const known =
    remembered === "" || identities.some((identity) => identity.clientId === remembered);
  await become(known ? remembered : "");
  update({ mode: "demo" });
}

/** Signs in as a demo identity; the empty name is nobody. */
export async function become(clientId: string): Promise<void> {
  await change(clientId, () => (clientId ? requestToken(clientId) : null));
  if (state.who === clientId) tabStorage.setItem(REMEMBERED, clientId);
}

/** Takes a token from elsewhere; the empty text signs out. */
export async function takeToken(text: string): Promise<void> {
  const value = text.trim().replace(/^bearer\s+/i, "");
  await change(value ? "pasted token" : "", () =>
    value ? { value, expiresAt: Number.POSITIVE_INFINITY } : null,
  );
}

let latest = 0;
async function change(who: string, obtain: () => Token | null | Promise<Token>): Promise<void> {
  latest += 1;
  const turn = latest;
  dropRequests();
  update({ busy: true, problem: null });
  let next: Token | null = null;
  let viewer: Viewer | null = null;
  let problem: string | null = null;
  try {
    next = await obtain();
    if (next) viewer = await askViewer(next);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
    next = null;
  }
  if (turn !== latest) return;
  dropRequests();
  token = next;
  update({ who: next ? who : "", viewer, busy: false, problem, epoch: state.epoch + 1 });
}

function dropRequests(): void {
  requests.abort(new Error("Stopped: you changed who you are. Run the query again."));
  requests = new AbortController();
}
