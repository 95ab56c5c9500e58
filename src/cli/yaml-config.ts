import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import { badInput, type Failure } from "#core/failure.ts";

/** What a configuration is checked by, and how errors speak of it. */
export interface YamlConfig<T> {
  readonly schema: z.ZodType<T>;
  /** How errors call its file. */
  readonly name: string;
  /** What is wrong with a key, in words; those of the schema where left out. */
  readonly wordsOf?: (issue: z.core.$ZodIssue, content: unknown) => string;
  /** Where somebody finds a right one, a sentence. */
  readonly remedy: string;
}

/** Checks the text of a configuration. Throws badInput "config-invalid" with one sentence that names file, line and key. */
export function parseYamlConfig<T>(
  text: string,
  { schema, name, remedy, wordsOf = schemaWords }: YamlConfig<T>,
): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const [broken] = [...document.errors, ...document.warnings];
  if (broken !== undefined) {
    const what = broken.message.replace(/\.$/, "");
    throw refusal({
      name,
      remedy,
      line: lines.linePos(broken.pos[0]).line,
      what: `this is no YAML (${what})`,
    });
  }
  const content = contentOf(document, name);
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const offset = issue === undefined ? 0 : offsetOf(document, issue);
  throw refusal({
    name,
    remedy,
    line: lines.linePos(offset).line,
    what: issue === undefined ? "" : wordsOf(issue, content),
  });
}

/** Aliases are refused: a file of this format needs none, and they can make it explode. */
function contentOf(document: Document, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    throw badInput("config-invalid", `${name} uses YAML aliases: write the values out.`, { cause });
  }
}

function refusal(wrong: { name: string; remedy: string; line: number; what: string }): Failure {
  const { name, remedy, line, what } = wrong;
  return badInput("config-invalid", `${name}, line ${line}: ${what}. Correct it; ${remedy}`);
}

/** Where in the file an issue belongs: the key that is unknown or wrong, or the block in which one is missing. */
function offsetOf(document: Document, issue: z.core.$ZodIssue): number {
  const path = issue.path.map(String);
  const keyed = issue.code === "unrecognized_keys" ? [...path, issue.keys[0] ?? ""] : path;
  let block: unknown = document.contents;
  let offset = 0;
  for (const key of keyed) {
    if (isSeq(block)) {
      const item = block.items[Number(key)];
      offset = startOf(item) ?? offset;
      block = item;
      continue;
    }
    const pair = isMap(block)
      ? block.items.find((item) => isScalar(item.key) && item.key.value === key)
      : undefined;
    if (pair === undefined) break;
    offset = startOf(pair.key) ?? offset;
    block = pair.value;
  }
  return offset;
}

function startOf(node: unknown): number | null {
  return isNode(node) ? ((node as Node).range?.[0] ?? null) : null;
}

function schemaWords(issue: z.core.$ZodIssue): string {
  const at = issue.path.join(".");
  if (issue.code === "unrecognized_keys") {
    const name = [...issue.path, issue.keys[0]].join(".");
    return `"${name}" is no key of this format`;
  }
  if (at === "") return "this is no configuration, which begins with version: 1";
  const message = issue.message.replace(/^Invalid (input|option): /, "").replace(/\.$/, "");
  return `${at} ${issue.code === "custom" || message.startsWith("is ") ? message : `is wrong (${message})`}`;
}
