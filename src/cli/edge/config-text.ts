import { type ConfigKey, configFormat } from "./config-key.ts";

/** Values of keys by their path, for example "device.id". */
export type ConfigValues = Readonly<Record<string, string | number>>;

/**
 * A configuration as `edge init` writes it: every key with its default and, behind it, what it takes. It comes out of
 * the schema, so that it cannot say anything else than what is checked.
 */
export function configText(values: ConfigValues): string {
  const head =
    "Configuration of an Emberwatch device. emberwatch edge check FILE says what is wrong with it.";
  return formatText({ format: configFormat(), head, values });
}

/** A whole file of a format under a first line: every key with its default and, behind it, what it takes. */
export function formatText(file: {
  readonly format: ConfigKey;
  readonly head: string;
  readonly values: ConfigValues;
}): string {
  const { format, head, values } = file;
  return `# ${head}\n${blockLines(format, { path: [], values }).join("\n")}\n`;
}

function blockLines(
  block: ConfigKey,
  around: { readonly path: readonly string[]; readonly values: ConfigValues },
): readonly string[] {
  return Object.entries(block.properties ?? {}).flatMap(([key, schema]) => {
    const path = [...around.path, key];
    const indent = "  ".repeat(around.path.length);
    if (schema.properties !== undefined) {
      return [`${indent}${key}:`, ...blockLines(schema, { path, values: around.values })];
    }
    const value = around.values[path.join(".")] ?? schema.default ?? schema.const ?? null;
    return [`${indent}${key}: ${JSON.stringify(value)} # ${remark(schema)}`];
  });
}

function remark(schema: ConfigKey): string {
  const choices = [schema, ...(schema.anyOf ?? [])];
  const words = choices.flatMap(({ enum: words }) => words ?? []);
  const limits = choices.find(({ minimum }) => minimum !== undefined);
  return [
    schema.description ?? "",
    ...(words.length === 0 ? [] : [words.join(", ")]),
    ...(limits === undefined ? [] : [`${limits.minimum} to ${limits.maximum}`]),
    ...(schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]),
  ].join("; ");
}
