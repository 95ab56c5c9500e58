import type { z } from "zod";
import { nearestNames } from "../nearest-names.ts";
import { type ConfigKey, choicesOf, configFormat, keyAt, keysBelow } from "./config-key.ts";

/** Longest value that is repeated, in characters. */
const valueCharactersMax = 60;

/** What is wrong with a configuration, in words that name the key and say what may stand there. */
export function issueWords(issue: z.core.$ZodIssue, content: unknown): string {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code === "unrecognized_keys") return unknownKey(path, issue.keys[0] ?? "");
  if (path.length === 0) return "this is no configuration, which begins with version: 1";
  const at = path.join(".");
  const message = issue.message.replace(/\.$/, "");
  if (issue.code === "custom" || message.startsWith("is ")) return `${at} ${message}`;
  const key = keyAt(path);
  const value = valueAt(content, path);
  if (key === null) return `${at} is wrong (${message})`;
  if (value === undefined) return `${at} is missing${wanted(key, ": it is ")}`;
  const isOfLength = typeof value === "string" || Array.isArray(value);
  if (isOfLength && issue.code === "too_small") return `${at} is too short`;
  if (isOfLength && issue.code === "too_big") return `${at} is too long`;
  if (issue.code === "invalid_format") return `${at} is ${textOf(value)}: ${message}`;
  const below = Object.keys(keysBelow(key));
  if (below.length > 0) {
    const found = value === null ? "is empty" : `is ${textOf(value)}`;
    return `${at} ${found}, but holds further keys, indented below it: ${below.join(", ")}`;
  }
  return `${at} is ${textOf(value)}${wanted(key, " and may be ")}${nearWords(value, key)}`;
}

/** An unknown key: the one that was meant, or where a key of this name belongs. */
function unknownKey(path: readonly (string | number)[], name: string): string {
  const here = keyAt(path);
  const siblings = here === null ? [] : Object.keys(keysBelow(here));
  const whole = (key: string): string => [...path, key].join(".");
  const what = `"${whole(name)}" is no key of this format`;
  const elsewhere = placesOf(name, { key: configFormat(), path: [] });
  if (elsewhere.length > 0) return `${what} (did you mean ${elsewhere.join(" or ")}?)`;
  const near = nearestNames(name, siblings).map(whole);
  if (near.length > 0) return `${what} (did you mean ${near.join(" or ")}?)`;
  return siblings.length === 0 ? what : `${what}; there are ${siblings.map(whole).join(", ")}`;
}

/** Whole names of all keys that are called so. */
function placesOf(
  name: string,
  from: { readonly key: ConfigKey; readonly path: readonly string[] },
): readonly string[] {
  return Object.entries(keysBelow(from.key)).flatMap(([called, key]) => {
    const path = [...from.path, called];
    return [...(called === name ? [path.join(".")] : []), ...placesOf(name, { key, path })];
  });
}

/** What may stand at a key, behind these words; nothing where the format says only what kind of value it is. */
function wanted(key: ConfigKey, lead: string): string {
  const choices = choicesOf(key);
  const words = choices.flatMap(
    ({ enum: words, const: word }) => words ?? (word === undefined ? [] : [word]),
  );
  const limited = choices.find(({ minimum, maximum }) => minimum !== undefined && maximum !== undefined);
  const [only] = choices.flatMap(({ type }) => [type ?? []].flat().filter((name) => name !== "null"));
  const what =
    words.length > 0
      ? words.join(", ")
      : limited !== undefined
        ? `${limited.type === "integer" ? "a whole number, " : ""}${limited.minimum} to ${limited.maximum}`
        : (typeNames[only ?? ""] ?? null);
  const meaning = key.description === undefined ? "" : ` (${key.description})`;
  return what === null ? meaning : `${lead}${what}${meaning}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  array: "a list",
  object: "a block of keys",
};

function nearWords(value: unknown, key: ConfigKey): string {
  const words = choicesOf(key).flatMap((choice) => choice.enum ?? []);
  const [near] = nearestNames(String(value), words.map(String));
  return near === undefined ? "" : ` (did you mean ${near}?)`;
}

function valueAt(content: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (block, step) =>
      typeof block === "object" && block !== null ? (block as Record<string, unknown>)[step] : undefined,
    content,
  );
}

function textOf(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > valueCharactersMax ? `${text.slice(0, valueCharactersMax)}…` : text;
}
