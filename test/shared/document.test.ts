import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import type { Document } from "../../shared/document/document";
import { toHtml } from "../../shared/document/html";
import { toPdf } from "../../shared/document/pdf";

const HOSTILE = `<script>alert(1)</script> #panic("read as Typst") $x$ *bold* & "quoted" 'single'`;

function documentIn(language: string): Document {
  const table = {
    caption: HOSTILE,
    columns: [{ title: HOSTILE }, { title: "n", numeric: true }],
    rows: [[HOSTILE, "1"]],
  };
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>`;
  return {
    language,
    title: HOSTILE,
    marking: `TLP:AMBER ${HOSTILE}`,
    blocks: [
      { kind: "heading", level: 2, text: HOSTILE },
      { kind: "heading", level: 3, text: HOSTILE },
      { kind: "paragraph", text: `${HOSTILE}\nsecond line` },
      { kind: "note", text: HOSTILE },
      { kind: "list", items: [HOSTILE, "اردو", "বাংলা"] },
      { kind: "table", table },
      { kind: "figure", svg, alt: HOSTILE, table },
    ],
  };
}

const NOW = new Date("2026-11-24T12:00:00Z");

describe("a document on a screen", () => {
  const html = toHtml(documentIn("fa"));

  test("every text is text, whatever stands in it", () => {
    expect(html).not.toContain("<script");
    expect(html.split("&lt;script&gt;alert(1)&lt;/script&gt;").length - 1).toBe(18);
    expect(html).not.toMatch(/alt="[^"]*["'<][^"]*">/);
    expect(html).toContain("<br>second line");
  });

  test.each([
    ["en", "ltr"],
    ["ru", "ltr"],
    ["fa", "rtl"],
    ["ur-PK", "rtl"],
  ])("%s runs %s", (language, direction) => {
    expect(toHtml(documentIn(language))).toContain(`<html lang="${language}" dir="${direction}">`);
  });

  test("asks for nothing from elsewhere", () => {
    expect(html.match(/(src|href)="(?!data:)/g)).toBeNull();
  });
});

describe("a document on paper", () => {
  test.each(["en", "tr", "ru", "fa", "ar", "ur", "ps", "bn"])(
    "%s is set as PDF/UA-1 in its language",
    (language) => {
      const pdf = toPdf(documentIn(language), NOW).toString("latin1");
      expect(pdf).toMatch(/^%PDF-1\.7/);
      expect(pdf).toContain("<pdfuaid:part>1</pdfuaid:part>");
      expect(pdf).toContain(`/Lang (${language})`);
    },
  );

  test("the same document at the same moment is the same file", () => {
    expect(toPdf(documentIn("en"), NOW).equals(toPdf(documentIn("en"), NOW))).toBe(true);
  });

  test("what is set is data: the same words as Typst would have stopped it", () => {
    const compiled = NodeCompiler.create({}).compile({ mainFileContent: HOSTILE });
    expect(compiled.hasError()).toBe(true);
  });
});
