/**
 * What the playground remembers, it remembers for this tab only: shared terminals must not keep a colleague's queries.
 * Tokens and answers are never stored at all.
 */
let forgotten = false;

export const tabStorage = {
  getItem: (key: string) => sessionStorage.getItem(key),
  setItem: (key: string, value: string) => {
    // GraphiQL writes half a second late; after "forget everything" such a write would bring the query back.
    if (!forgotten) sessionStorage.setItem(key, value);
  },
  removeItem: (key: string) => sessionStorage.removeItem(key),
  clear: () => sessionStorage.clear(),
  get length() {
    return sessionStorage.length;
  },
};

export function forgetEverything(): void {
  forgotten = true;
  sessionStorage.clear();
  location.replace(location.pathname);
}
