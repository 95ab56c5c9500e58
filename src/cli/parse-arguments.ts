import { parseArgs } from "node:util";
import { badInput } from "#core/failure.ts";
import type { Command, Invocation } from "./command.ts";
import type { Output } from "./output.ts";

/**
 * Takes a command's arguments apart. Throws `Failure` ("usage") for an unknown option, a missing or an unexpected
 * value; `null` when the user asked for --help.
 */
export function parseArguments(command: Command, args: readonly string[], output: Output): Invocation | null {
  const parsed = parseStrictly(command, args);
  if (parsed.values["help"] === true) return null;
  const values: Record<string, string | undefined> = {};
  const switches = new Set<string>();
  for (const [name, value] of Object.entries(parsed.values)) {
    if (typeof value === "string") values[name] = value;
    else if (value === true) switches.add(name);
  }
  return { values, switches, positionals: parsed.positionals, output };
}

function parseStrictly(command: Command, args: readonly string[]) {
  const options: Record<string, { type: "string" | "boolean" }> = { help: { type: "boolean" } };
  for (const [name, spec] of Object.entries(command.options)) {
    options[name] = { type: spec.value === null ? "boolean" : "string" };
  }
  try {
    return parseArgs({ args: withNegatives(command, args), options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? plainUsage(error.message) : String(error);
    throw badInput(
      "usage",
      `${message}. See emberwatch ${command.name} --help for the options it takes.`,
      error instanceof Error ? { cause: error } : undefined,
    );
  }
}

/** A number below 0 behind an option is its value: Node takes `--distance -3` for two options. */
function withNegatives(command: Command, args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1) ?? "";
    const takesValue = last.startsWith("--") && (command.options[last.slice(2)]?.value ?? null) !== null;
    if (takesValue && /^-\.?\d/.test(arg)) joined[joined.length - 1] = `${last}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

/** The first sentence of Node's complaint; its talk of an "ambiguous" argument means a value that begins with a dash. */
function plainUsage(message: string): string {
  const [first = message] = message.split(/[.\n]/);
  const option = /'(--[\w-]+)/.exec(first)?.[1] ?? "An option";
  return first.includes("ambiguous") ? `${option} needs a value, and none that begins with "-"` : first;
}

/** Limits for `numberOption`. */
export interface NumberLimits {
  readonly min: number;
  readonly max: number;
  readonly kind: "integer" | "any";
}

/** The number given for an option, or the default; throws `Failure` ("usage") for anything else. */
export function numberOption<Default extends number | null>(
  invocation: Invocation,
  name: string,
  limits: NumberLimits & { readonly default: Default },
): number | Default {
  const text = invocation.values[name];
  if (text === undefined) return limits.default;
  const value = Number(text);
  const fits = text.trim() !== "" && value >= limits.min && value <= limits.max;
  if (!fits || (limits.kind === "integer" && !Number.isInteger(value))) {
    const kind = limits.kind === "integer" ? "a whole number" : "a number";
    throw badInput("usage", `--${name} needs ${kind} from ${limits.min} to ${limits.max}, not "${text}".`);
  }
  return value;
}

/** The word given for an option, one of a few; throws `Failure` ("usage") for any other. */
export function choiceOption<Choice extends string>(
  invocation: Invocation,
  name: string,
  choices: readonly Choice[],
): Choice | null {
  const text = invocation.values[name];
  if (text === undefined) return null;
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) {
    throw badInput("usage", `--${name} is one of ${choices.join(", ")}, not "${text}".`);
  }
  return choice;
}
