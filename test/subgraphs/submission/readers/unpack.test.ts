/** A workbook's size is counted while it is unpacked. */
import { strToU8, unzipSync, zipSync } from "fflate";
import { unpacked } from "../../../../subgraphs/indicators/submission/readers/unpack";

const BOMB = zipSync({ "xl/worksheets/sheet1.xml": new Uint8Array(60_000_000) }, { level: 6 });

/** The same archive, whose directory and local header say that it unpacks to nothing much. */
function lying(archive: Uint8Array): Uint8Array {
  const bytes = Buffer.from(archive);
  for (const [signature, at] of [
    [0x04034b50, 22],
    [0x02014b50, 24],
  ] as const) {
    const mark = Buffer.alloc(4);
    mark.writeUInt32LE(signature);
    bytes.writeUInt32LE(1_000, bytes.indexOf(mark) + at);
  }
  return new Uint8Array(bytes);
}

test.each([
  ["that says its size", BOMB],
  ["that lies about it", lying(BOMB)],
])("an archive %s is refused at the limit, in bounded memory", (_kind, archive) => {
  expect(archive.length).toBeLessThan(1_000_000);
  const before = process.memoryUsage().rss;
  expect(() => unpacked(archive)).toThrow("unpacks to more than 24 MB");
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
});

test("what is within the limit comes out as it was, without what is no text", () => {
  const parts = { "xl/workbook.xml": strToU8("<workbook/>"), "xl/media/1.png": strToU8("png") };
  const files = unzipSync(unpacked(zipSync(parts)));
  expect(Object.keys(files)).toEqual(["xl/workbook.xml"]);
  expect(files["xl/workbook.xml"]).toEqual(new Uint8Array(strToU8("<workbook/>")));
});
