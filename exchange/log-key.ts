import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { readPrivateKey } from "../shared/viewer/viewer-assertion";
import { StartError } from "./start-error";

/**
 * The key that signs the heads of the disclosure log. It is made once and kept beside the data: heads signed by a new key at
 * every start would prove nothing to an owner that kept the old ones.
 */
export function logKeyIn(path: string): KeyObject {
  try {
    if (!existsSync(path)) {
      mkdirSync(dirname(path), { recursive: true });
      const { privateKey } = generateKeyPairSync("ed25519");
      writeFileSync(path, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    }
    return readPrivateKey(readFileSync(path, "utf8"));
  } catch (error) {
    throw new StartError(
      `The disclosure log's key ${path} cannot be used: ${(error as Error).message}`,
    );
  }
}
