import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { type Document, directionOf } from "./document";

/**
 * Set by Typst, which shapes Arabic and Bengali and tags what it sets: the file is PDF/UA-1, readable aloud.
 * Fonts come with the packages, so that a document looks the same wherever the exchange runs.
 */
const TEMPLATE = readFileSync(join(__dirname, "page.typ"), "utf8");
const STANDARD = "ua-1";
const FONTS = [
  require.resolve("@expo-google-fonts/noto-sans/package.json"),
  require.resolve("@expo-google-fonts/noto-sans-arabic/package.json"),
  require.resolve("@expo-google-fonts/noto-sans-bengali/package.json"),
].flatMap((found) => [join(dirname(found), "400Regular"), join(dirname(found), "700Bold")]);

/** Its workspace is this folder: what is set can read no other file. Made once; it reads the fonts. */
let compiler: NodeCompiler | undefined;

export function toPdf(document: Document, createdAt: Date): Buffer {
  compiler ??= NodeCompiler.create({ workspace: __dirname, fontArgs: [{ fontPaths: FONTS }] });
  const [lang] = document.language.split("-");
  const source = { ...document, lang, rtl: directionOf(document.language) === "rtl" };
  const compiled = compiler.compile({
    mainFileContent: TEMPLATE,
    inputs: { document: JSON.stringify(source) },
  });
  if (!compiled.result)
    throw new Error(
      `the document cannot be set: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)}`,
    );
  const creationTimestamp = Math.floor(createdAt.getTime() / 1000);
  const pdf = compiler.pdf(compiled.result, { pdfStandard: STANDARD, creationTimestamp });
  compiler.evictCache(0); // it would remember what it has set, and this was for one viewer
  return pdf;
}
