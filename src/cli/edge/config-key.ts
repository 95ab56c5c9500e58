import { z } from "zod";
import { edgeConfigJsonSchema } from "#edge/edge-config.ts";

/** As much of a JSON schema as says what to write beside a key. */
export interface ConfigKey {
  readonly type?: string | readonly string[] | undefined;
  readonly description?: string | undefined;
  readonly default?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly const?: unknown;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly anyOf?: readonly ConfigKey[] | undefined;
  readonly oneOf?: readonly ConfigKey[] | undefined;
  readonly items?: ConfigKey | undefined;
  readonly required?: readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, ConfigKey>> | undefined;
}

const configKeySchema: z.ZodType<ConfigKey> = z.lazy(() =>
  z.object({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    description: z.string().optional(),
    default: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    anyOf: z.array(configKeySchema).optional(),
    oneOf: z.array(configKeySchema).optional(),
    // In JSON schema it may also be a list or a truth value; ours never is.
    items: configKeySchema.optional().catch(undefined),
    required: z.array(z.string()).optional(),
    properties: z.record(z.string(), configKeySchema).optional(),
  }),
);

/** The whole format of a device's configuration, as a key that holds all others. */
export function configFormat(): ConfigKey {
  return formatOf(edgeConfigJsonSchema());
}

/** A format by its JSON schema, as a key that holds all others. */
export function formatOf(jsonSchema: object): ConfigKey {
  return configKeySchema.parse(jsonSchema);
}

/** A key and what it may be instead: the members of its unions. */
export function choicesOf(key: ConfigKey): readonly ConfigKey[] {
  return [key, ...[...(key.anyOf ?? []), ...(key.oneOf ?? [])].flatMap(choicesOf)];
}

/** The keys that stand below a key, with all that its choices may hold. */
export function keysBelow(key: ConfigKey): Readonly<Record<string, ConfigKey>> {
  return Object.assign({}, ...choicesOf(key).map(({ properties }) => properties ?? {}));
}

/** The key at a path from the whole format; null where there is none. */
export function keyAt(path: readonly (string | number)[]): ConfigKey | null {
  let key: ConfigKey | null = configFormat();
  for (const step of path) {
    if (key === null) return null;
    const items: ConfigKey | undefined = choicesOf(key).find((choice) => choice.items !== undefined)?.items;
    key = (typeof step === "number" ? items : keysBelow(key)[step]) ?? null;
  }
  return key;
}
