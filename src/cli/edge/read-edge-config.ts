import { dirname, resolve } from "node:path";
import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import { badInput, type Failure } from "#core/failure.ts";
import { type EdgeConfig, edgeConfigSchema } from "#edge/edge-config.ts";
import { readFileBytes } from "#recording/read-file-bytes.ts";
import { issueWords } from "./config-issue.ts";

/** What `edge init` writes has about 5 kB. */
const fileBytesMax = 64 * 1024;

/**
 * Reads and checks a device's configuration; paths in it are taken from its folder. Throws `Failure` with one sentence
 * that names the file, the line and the key.
 */
export async function readEdgeConfig(path: string): Promise<EdgeConfig> {
  const text = new TextDecoder().decode(await readFileBytes(path, fileBytesMax));
  return withWholePaths(parseEdgeConfig(text, path), dirname(resolve(path)));
}

/** Checks the text of a configuration; `name` is how errors call its file. Throws as `readEdgeConfig` does. */
export function parseEdgeConfig(text: string, name: string): EdgeConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const [broken] = [...document.errors, ...document.warnings];
  if (broken !== undefined) {
    const what = broken.message.replace(/\.$/, "");
    throw refusal({ name, line: lines.linePos(broken.pos[0]).line, what: `this is no YAML (${what})` });
  }
  const content = contentOf(document, name);
  const parsed = edgeConfigSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const offset = issue === undefined ? 0 : offsetOf(document, issue);
  throw refusal({
    name,
    line: lines.linePos(offset).line,
    what: issue === undefined ? "" : issueWords(issue, content),
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

function refusal({ name, line, what }: { name: string; line: number; what: string }): Failure {
  return badInput(
    "config-invalid",
    `${name}, line ${line}: ${what}. Correct it; emberwatch edge init writes a whole one.`,
  );
}

/** Where in the file an issue belongs: the key that is unknown or wrong, or the block in which one is missing. */
function offsetOf(document: Document, issue: z.core.$ZodIssue): number {
  const path = issue.path.map(String);
  const keyed = issue.code === "unrecognized_keys" ? [...path, issue.keys[0] ?? ""] : path;
  let block: unknown = document.contents;
  let offset = 0;
  for (const key of keyed) {
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

/** The same configuration with its paths taken from a folder. */
export function withWholePaths(config: EdgeConfig, folder: string): EdgeConfig {
  const whole = (path: string): string => resolve(folder, path);
  const { hub, model, sensors } = config;
  return {
    ...config,
    hub: { ...hub, credentialsFile: whole(hub.credentialsFile) },
    model: {
      file: model.file === null || model.file === "none" ? model.file : whole(model.file),
      publicKeyFile: model.publicKeyFile === null ? null : whole(model.publicKeyFile),
    },
    sensors: {
      ...sensors,
      emulated:
        sensors.emulated === null || sensors.emulated === "room" ? sensors.emulated : whole(sensors.emulated),
    },
    dataFolder: whole(config.dataFolder),
  };
}
