/** Encodings, delimiters, digits and marks, with the bytes that officers' programs write. */
import {
  readingsOf,
  readNumber,
} from "../../../../subgraphs/indicators/submission/readers/numbers";
import { readBytes, text } from "../read";

const ANY = { thousands: null };

describe("a number", () => {
  test.each([
    ["1200", 1_200],
    ["1 200", 1_200],
    ["1\u00a0200", 1_200],
    ["1\u202f200", 1_200],
    ["۱۲۰۰", 1_200],
    ["١٢٠٠", 1_200],
    ["١٬٢٠٠", 1_200],
    ["1'200", 1_200],
    ["0", 0],
    ["-5", -5],
    ["12.5", 12.5],
    ["7.0", 7],
  ])("%j is %d", (written, value) => {
    expect(readNumber(written, ANY)).toEqual({
      value,
      status: "A",
      isLowerBound: false,
      mark: null,
    });
  });

  test.each(["twelve", "1,2,3", "12a", "1.405.22", "--5"])(
    "%j is none, and is not guessed",
    (written) => {
      expect(readNumber(written, ANY).value).toBeNaN();
    },
  );

  test("a separator of thousands is one only where the file's layout says so, and in groups of three", () => {
    expect(readNumber("1,405", { thousands: "," }).value).toBe(1_405);
    expect(readNumber("1.405", { thousands: "." }).value).toBe(1_405);
    expect(readNumber("1,40", { thousands: "," }).value).toBeNaN();
    expect(readNumber("1,405", ANY).value).toBeNaN();
    expect(readingsOf("1,405")).toEqual([1_405, 1.405]);
  });

  test.each([
    [":", "O"],
    ["n.a.", "O"],
    ["", "O"],
    [" ", "O"],
    [".", "M"],
    ["*", "Q"],
  ])("the mark %j is missing with the status %s, and never zero", (written, status) => {
    expect(readNumber(written, ANY)).toMatchObject({ value: null, status });
  });

  test.each([
    ["≥ 5", 5],
    [">=5", 5],
    ["> 4", 5],
    ["mind. 10", 10],
  ])("%j is a lower bound of %d", (written, value) => {
    expect(readNumber(written, ANY)).toMatchObject({ value, status: "E", isLowerBound: true });
  });
});

describe("a file", () => {
  const HEADER = "indicator,reporter,period,CITIZENSHIP,value,status";

  test.each([
    ["UTF-8", text(`${HEADER}\nASY,AUT,2015-Q3,Türkei,12,\n`), undefined, "utf-8"],
    [
      "UTF-8 with a mark",
      text(`\ufeff${HEADER}\nASY,AUT,2015-Q3,Türkei,12,\n`),
      undefined,
      "utf-8",
    ],
    [
      "UTF-16",
      Buffer.from(`\ufeff${HEADER}\nASY,AUT,2015-Q3,Türkei,12,\n`, "utf16le"),
      undefined,
      "utf-16le",
    ],
    [
      "windows-1252",
      Buffer.from(`${HEADER}\nASY,AUT,2015-Q3,T\xfcrkei,12,\n`, "latin1"),
      undefined,
      "windows-1252",
    ],
    [
      "windows-1254",
      Buffer.from(`${HEADER}\nASY,AUT,2015-Q3,T\xfcrkiye,12,\n`, "latin1"),
      "windows-1254" as const,
      "windows-1254",
    ],
  ])("in %s", async (_name, bytes, encoding, expected) => {
    const result = await readBytes(
      bytes,
      { mapping: "accord-long", ...(encoding && { encoding }) },
      7,
    );
    expect(result.encoding).toBe(expected);
    expect(result.at("ASY/2015-Q3/TUR")).toMatchObject({
      value: 12,
      status: "A",
      origin: { line: 2, column: 5 },
    });
  });

  test("in windows-1256, with an Arabic name", async () => {
    // العراق. The code page has no Arabic digits of its own: officers type European ones beside Arabic letters.
    const iraq = Buffer.from([0xc7, 0xe1, 0xda, 0xd1, 0xc7, 0xde]);
    const bytes = Buffer.concat([text(`${HEADER}\nASY,AUT,2015-Q3,`), iraq, text(",420,\n")]);
    const { at, encoding } = await readBytes(
      bytes,
      { mapping: "accord-long", encoding: "windows-1256" },
      5,
    );
    expect(encoding).toBe("windows-1256");
    expect(at("ASY/2015-Q3/IRQ")?.value).toBe(420);
  });

  test.each([",", ";", "\t"])(
    "with %j between cells, a quoted cell over two lines, and blank lines",
    async (delimiter) => {
      const header = `${HEADER},comment`.replaceAll(",", delimiter);
      const lines = [
        header,
        `ASY,AUT,2015-Q3,AFG,12,,"a${"\n"}b"`.replaceAll(",", delimiter),
        "",
        `ASY,AUT,2015-Q3,SYR,1 200,P,`.replaceAll(",", delimiter),
      ];
      const result = await readBytes(
        text(`${lines.join("\r\n")}\r\n`),
        { mapping: "accord-long" },
        11,
      );
      expect(result.delimiter).toBe(delimiter);
      expect(result.at("ASY/2015-Q3/SYR")).toMatchObject({
        value: 1_200,
        status: "P",
        origin: { line: 5 },
      });
    },
  );

  test("in the wide layout: a column a period, and what is not there yet is no missing figure", async () => {
    const { figures } = await readBytes(
      text("indicator,CITIZENSHIP,2015-Q1,2015-Q2,2015-Q3\nREF,AFG,1,:,\nREF,_T,10,20,30\n"),
      { mapping: "accord-wide" },
    );
    expect(
      figures.map(({ period, key, value, status }) => [period, key.join(), value, status]),
    ).toEqual([
      ["2015-Q1", "AFG", 1, "A"],
      ["2015-Q2", "AFG", null, "O"],
      ["2015-Q1", "", 10, "A"],
      ["2015-Q2", "", 20, "A"],
      ["2015-Q3", "", 30, "A"],
    ]);
  });

  test("that changes its encoding further down is refused, and no name is made up", async () => {
    const lines = Array.from({ length: 4_000 }, (_, at) => `ASY,AUT,2015-Q3,AFG,${at},`).join("\n");
    const bytes = Buffer.concat([
      text(`${HEADER}\n${lines}\n`),
      Buffer.from("ASY,AUT,2015-Q3,T\xfcrkei,12,\n", "latin1"),
    ]);
    await expect(readBytes(bytes, { mapping: "accord-long" }, 4_096)).rejects.toThrow(
      /not in utf-8.*windows-1254/,
    );
  });

  test("that is no table, or another one, is refused in a sentence", async () => {
    await expect(
      readBytes(text("dear colleague,\nplease find attached"), { mapping: "accord-long" }),
    ).rejects.toThrow(/no line with the columns "indicator"/);
    await expect(
      readBytes(text(`${HEADER}\nASY,AUT,"2015`), { mapping: "accord-long" }),
    ).rejects.toThrow(/quotation mark/);
    await expect(
      readBytes(text("no workbook"), { mapping: "eurostat-eirfs-databrowser" }),
    ).rejects.toThrow(/no workbook/);
  });
});
