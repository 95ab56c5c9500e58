import { createHash } from "node:crypto";
import { basename, resolve } from "node:path";

/** With "replay-" and the digest this stays within the 63 characters of a device id. */
const nameCharactersMax = 48;
const digestCharacters = 6;
/** The longest name that a device's health may carry. */
const deviceNameCharactersMax = 100;

/**
 * Id and name of the device that watches a recording. The id is "replay-", the file's name in the letters an id may
 * have, and six hexadecimal digits of the SHA-256 of its whole path: the same file is the same device at every start,
 * and files of one name in two folders, or of names that differ in other letters only, are two. No room is named so.
 */
export function replayIdentity(path: string): { readonly id: string; readonly name: string } {
  const fileName = basename(path.replaceAll("\\", "/"));
  const digest = createHash("sha256").update(resolve(path)).digest("hex").slice(0, digestCharacters);
  const plain = fileName
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, nameCharactersMax)
    .replace(/^-|-$/g, "");
  const name = `Recording ${fileName}`;
  return {
    id: ["replay", plain, digest].filter((part) => part !== "").join("-"),
    name: name.length > deviceNameCharactersMax ? `${name.slice(0, deviceNameCharactersMax - 1)}…` : name,
  };
}
