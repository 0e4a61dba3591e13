import { decodeHTMLStrict } from "entities";

const HIDDEN =
  /<(script|style|iframe|object|template|noscript|svg|math)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;
/** What stands on a line of its own in a browser. */
const BREAKS =
  /<\/?(?:address|article|aside|blockquote|br|caption|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|legend|li|main|nav|ol|option|p|pre|section|summary|table|tbody|tfoot|thead|tr|ul)\b[^>]*>/gi;
/** Between cells stands a tab, as in a browser's `innerText`: with a blank `12` and `340` would read as one number. */
const CELLS = /<(?:td|th)\b[^>]*>/gi;
const MARKUP = /<!--[\s\S]*?(?:-->|$)|<[a-z/!?][^>]*(?:>|$)/gi;
const MOST_LAYERS = 10;

/**
 * What a reader would read of a piece of HTML. Scripts and what only a browser obeys go with all they hold. Whatever becomes
 * markup by being decoded is taken out again: a text that a careless page puts into its HTML shall do nothing there.
 */
export function plainText(html: string): string {
  let text = html;
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const shown = text.replace(HIDDEN, " ").replace(BREAKS, "\n").replace(CELLS, "\t");
    const next = unescaped(shown.replace(MARKUP, ""));
    if (next === text) return tidy(text);
    text = next;
  }
  return tidy(text.replace(/[<>]/g, ""));
}

/** Entities of HTML by name, and characters by number, each once; what stands for nothing stays as it was written. */
function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|\w{2,31});/gi, (found, hex, decimal) => {
    if (/^&shy;$/i.test(found)) return "";
    if (hex === undefined && decimal === undefined) return decodeHTMLStrict(found);
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? String.fromCodePoint(code)
      : " ";
  });
}

/** Without controls; one blank between words, a tab between cells, at most one empty line between paragraphs. */
function tidy(text: string): string {
  return text
    .replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, " ")
    .replace(/[^\S\n\t]+/g, " ")
    .replace(/ ?\t ?/g, "\t")
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
