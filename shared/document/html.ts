import { type Block, type Document, directionOf, type Figure, type Table } from "./document";
import { STYLE } from "./style";

/** One page without scripts and without anything from elsewhere. Every text is escaped: it comes from people. */
export function toHtml(document: Document): string {
  const { language, title, marking, blocks } = document;
  return `<!doctype html>
<html lang="${escaped(language)}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><p>${escaped(marking)}</p></header>
<main>
<h1>${escaped(title)}</h1>
${blocks.map(blockOf).join("\n")}
</main>
<footer><p>${escaped(marking)}</p></footer>
</body>
</html>
`;
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `<h${block.level}>${escaped(block.text)}</h${block.level}>`;
    case "paragraph":
      return `<p>${linesOf(block.text)}</p>`;
    case "note":
      return `<p class="note">${linesOf(block.text)}</p>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${linesOf(item)}</li>`).join("")}</ul>`;
    case "table":
      return tableOf(block.table);
    case "figure":
      return figureOf(block);
  }
}

/** As an image, so that nothing in it could run. */
function figureOf({ svg, alt, table }: Figure): string {
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  return `<figure><img src="${source}" alt="${escaped(alt)}">${tableOf(table)}</figure>`;
}

/** A wide table scrolls by itself, also by keyboard, instead of making the page scroll. */
function tableOf({ caption, columns, rows }: Table): string {
  const classOf = (at: number) => (columns[at]?.numeric ? ' class="number"' : "");
  const head = columns
    .map(({ title }, at) => `<th scope="col"${classOf(at)}>${escaped(title)}</th>`)
    .join("");
  const body = rows.map((cells) => {
    const set = cells.map((cell, at) =>
      at === 0
        ? `<th scope="row"${classOf(at)}>${escaped(cell)}</th>`
        : `<td${classOf(at)}>${linesOf(cell)}</td>`,
    );
    return `<tr>${set.join("")}</tr>`;
  });
  const name = escaped(caption);
  return `<div class="scroll" role="region" aria-label="${name}" tabindex="0"><table><caption>${name}</caption>
<thead><tr>${head}</tr></thead>
<tbody>${body.join("\n")}</tbody></table></div>`;
}

function linesOf(text: string): string {
  return escaped(text).replace(/\r?\n/g, "<br>");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}
