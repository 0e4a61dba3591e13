import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Env, EnvError } from "../../shared/env";

const faultsOf = (env: Env): string[] => {
  try {
    env.check();
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(EnvError);
    const [title, ...faults] = (error as Error).message.split("\n");
    expect(title).toBe("Accord cannot start:");
    return faults.map((fault) => fault.replace(/^ {2}- /, ""));
  }
};
const port = { from: 1, to: 65_535 };

describe("the environment", () => {
  test("is in order when nothing was found wrong", () => {
    const env = new Env({ PORT: "4000", URL: "postgres://localhost/accord", NAME: " a name " });
    expect(env.integer("PORT", 1, port)).toBe(4_000);
    expect(env.url("URL", "why", ["postgres:", "postgresql:"])).toBe("postgres://localhost/accord");
    expect(env.required("NAME", "why")).toBe("a name");
    expect(faultsOf(env)).toEqual([]);
  });

  test("tells every fault together, in the order of asking", () => {
    const env = new Env({ PORT: "http", URL: "localhost:5432" });
    env.integer("PORT", 4_000, port);
    env.url("URL", "the database", ["postgres:"]);
    env.required("ISSUER", "who signs the tokens");
    env.fault("two settings exclude each other");
    expect(faultsOf(env)).toEqual([
      'PORT is "http": give a whole number from 1 to 65535',
      "URL is not a URL that starts with postgres:",
      "ISSUER is missing: who signs the tokens",
      "two settings exclude each other",
    ]);
  });

  test.each([undefined, "", "   ", "\t"])("takes %j for a variable that is not set", (value) => {
    const env = new Env({ NAME: value });
    expect(env.text("NAME")).toBeUndefined();
    expect(env.integer("NAME", 7, port)).toBe(7);
    expect(faultsOf(env)).toEqual([]);
    expect([
      env.required("NAME", "why"),
      env.url("NAME", "why", ["https:"]),
      env.file("NAME", "why"),
    ]).toEqual(["", "", ""]);
    expect(faultsOf(env)).toEqual(Array(3).fill("NAME is missing: why"));
  });

  test.each(["0", "65536", "-1", "1.5", "4000x", "NaN", "Infinity", "1e400", "4,000", "٤"])(
    "refuses %j for a port",
    (value) => {
      const env = new Env({ PORT: value });
      expect(env.integer("PORT", 4_000, port)).toBe(4_000);
      expect(faultsOf(env)).toEqual([`PORT is "${value}": give a whole number from 1 to 65535`]);
    },
  );

  test.each(["1", "65535", " 80 "])(
    "takes %j for a port, both ends of the range included",
    (value) => {
      const env = new Env({ PORT: value });
      expect(env.integer("PORT", 4_000, port)).toBe(Number(value));
      expect(faultsOf(env)).toEqual([]);
    },
  );

  test.each([
    "javascript:alert(1)",
    "http://issuer.example.org",
    "//issuer.example.org",
    "https//x",
    "not a url",
  ])(
    "refuses %j where https is asked for, without repeating it: it may hold a password",
    (value) => {
      const env = new Env({ ISSUER: value });
      env.url("ISSUER", "why", ["https:"]);
      expect(faultsOf(env)).toEqual(["ISSUER is not a URL that starts with https:"]);
    },
  );

  test("is a production one only where it says so in that word", () => {
    const productions = ["production", "Production", "prod", "", undefined].map(
      (NODE_ENV) => new Env({ NODE_ENV }).production,
    );
    expect(productions).toEqual([true, false, false, false, false]);
  });

  test("gives a file's text, and names the file that cannot be read", () => {
    const folder = mkdtempSync(join(tmpdir(), "accord-env-"));
    try {
      writeFileSync(join(folder, "key.pem"), "a key\n");
      const env = new Env({
        KEY: join(folder, "key.pem"),
        LOST: join(folder, "lost.pem"),
        FOLDER: folder,
      });
      expect(env.file("KEY", "why")).toBe("a key\n");
      expect([env.file("LOST", "why"), env.file("FOLDER", "why")]).toEqual(["", ""]);
      expect(faultsOf(env)).toEqual([
        `LOST names a file that cannot be read: ${join(folder, "lost.pem")}`,
        `FOLDER names a file that cannot be read: ${folder}`,
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
