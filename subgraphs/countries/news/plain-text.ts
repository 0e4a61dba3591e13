/** Names that feeds use, beside those of XML. What stands for nothing here stays as it was written. */
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  bull: "•",
  middot: "·",
  euro: "€",
  shy: "",
};

const HIDDEN =
  /<(script|style|iframe|object|template|noscript|svg|math)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;
const BREAKS = /<\/?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote)\b[^>]*>/gi;
const MARKUP = /<!--[\s\S]*?(?:-->|$)|<[a-z/!?][^>]*(?:>|$)/gi;
const MOST_LAYERS = 10;

/**
 * What a reader would read of a piece of HTML. Scripts and what only a browser obeys go with all they hold. Whatever becomes
 * markup by being decoded is taken out again: a text that a careless page puts into its HTML shall do nothing there.
 */
export function plainText(html: string): string {
  let text = html;
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const next = unescaped(text.replace(HIDDEN, " ").replace(BREAKS, "\n").replace(MARKUP, ""));
    if (next === text) return tidy(text);
    text = next;
  }
  return tidy(text.replace(/[<>]/g, ""));
}

function unescaped(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,8}));/gi,
    (found, hex, decimal, name) => {
      if (name !== undefined) return Object.hasOwn(NAMED, name) ? (NAMED[name] as string) : found;
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
      return code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
        ? String.fromCodePoint(code)
        : " ";
    },
  );
}

/** Without controls; one blank between words, at most one empty line between paragraphs. */
function tidy(text: string): string {
  return text
    .replace(/(?!\n)[\p{Cc}\p{Cs}]/gu, " ")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
