import { createHash, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import {
  isSignedBy,
  keyIdOf,
  readHead,
  readHeadKey,
  signHead,
  type TreeHead,
} from "../../../shared/audit/head";
import { leafHash, rootOf } from "../../../shared/audit/merkle";
import { newKeys, pemOf } from "../../support/disclosure-log";

const { privateKey, publicKey } = newKeys();
const STATEMENT = { log: "AUT", size: 3, root: rootOf([]), at: "2026-11-24T08:00:00.000Z" };
const HEAD = signHead(STATEMENT, privateKey);

describe("a signed head", () => {
  test("names its key by the first 16 digits of the key's SHA-256", () => {
    const der = publicKey.export({ type: "spki", format: "der" });
    expect(HEAD.keyId).toBe(createHash("sha256").update(der).digest("hex").slice(0, 16));
    expect(keyIdOf(createPublicKey(privateKey))).toBe(HEAD.keyId);
  });

  test("fits its key, and no other", () => {
    expect(isSignedBy(HEAD, publicKey)).toBe(true);
    expect(isSignedBy(HEAD, newKeys().publicKey)).toBe(false);
  });

  test("is signed over these bytes, which whoever writes another verifier needs to know", () => {
    const text = `accord/tree-head/v1\n{"at":"${HEAD.at}","keyId":"${HEAD.keyId}","log":"AUT","root":"${HEAD.root}","size":3}`;
    expect(sign(null, Buffer.from(text), privateKey).toString("base64url")).toBe(HEAD.signature);
  });

  test.each<[keyof TreeHead, unknown]>([
    ["log", "HUN"],
    ["size", 4],
    ["root", leafHash("another")],
    ["at", "2026-11-24T08:00:00.001Z"],
    ["keyId", "0000000000000000"],
    ["signature", `${HEAD.signature[0] === "A" ? "B" : "A"}${HEAD.signature.slice(1)}`],
  ])("fits nothing once its %s is another", (name, value) => {
    expect(isSignedBy({ ...HEAD, [name]: value }, publicKey)).toBe(false);
  });

  test("is not signed at all where nobody could read it", () => {
    for (const wrong of [
      { log: "aut" },
      { size: -1 },
      { size: 2 ** 53 },
      { root: "" },
      { at: "2026-11-24" },
    ]) {
      expect(() => signHead({ ...STATEMENT, ...wrong }, privateKey)).toThrow();
    }
  });
});

describe("a head is read", () => {
  test("from JSON, and what else is in it is dropped", () => {
    expect(readHead({ ...JSON.parse(JSON.stringify(HEAD)), __typename: "TreeHead" })).toEqual(HEAD);
  });

  test.each([
    null,
    undefined,
    "head",
    7,
    [],
    {},
    { log: "A" },
    { log: "AUT\n" },
    { log: "\u001b[31m" },
    { log: ["AUT"] },
    { size: "3" },
    { size: 1.5 },
    { root: HEAD.root.toUpperCase() },
    { root: null },
    { keyId: "x" },
    { keyId: HEAD.keyId.slice(1) },
    { at: "2026-11-24T08:00:00Z" },
    { at: "2026-11-24T09:00:00.000+01:00" },
    { at: "+012026-11-24T08:00:00.000Z" },
    { signature: `${HEAD.signature.slice(0, -1)}${HEAD.signature.endsWith("A") ? "B" : "x"}` },
    { at: 0 },
    { at: "2026-02-30T08:00:00.000Z" },
    { signature: "" },
    { signature: `${HEAD.signature}=` },
  ])("from nothing else: %j", (change) => {
    const partial = typeof change === "object" && change !== null && Object.keys(change).length > 0;
    expect(readHead(partial ? { ...HEAD, ...change } : change)).toBeNull();
  });
});

describe("the key that heads are checked with", () => {
  test("is read from PEM", () => {
    expect(keyIdOf(readHeadKey(pemOf(publicKey)))).toBe(HEAD.keyId);
  });

  test("is neither a private key, nor of another kind, nor a file of something else", () => {
    const secret = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    expect(() => readHeadKey(secret)).toThrow("this is a private key");
    const { publicKey: rsa } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
    expect(() => readHeadKey(pemOf(rsa))).toThrow("no Ed25519 public key");
    for (const wrong of ["", "key", pemOf(publicKey).slice(0, 60)]) {
      expect(() => readHeadKey(wrong)).toThrow("no Ed25519 public key");
    }
  });
});
