import type { Output } from "./output.ts";

/** One option of a command, as the help text shows it. */
export interface OptionSpec {
  /** Word for the value in the help text, for example "FILE"; null for a switch without value. */
  readonly value: string | null;
  /** One line: what it does, and its default. */
  readonly help: string;
}

/** What the user typed, taken apart and checked against the command's options. */
export interface Invocation {
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly switches: ReadonlySet<string>;
  readonly positionals: readonly string[];
  readonly output: Output;
}

/** The help of one kind of work of a command: `emberwatch simulate measured --help`. */
export type HelpTopic = Pick<Command, "summary" | "usage" | "options" | "examples" | "notes">;

/** One word after `emberwatch`. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What stands after the command's name, for example "[RECORDING…] [options]". */
  readonly usage: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Complete command lines that work as they stand. */
  readonly examples: readonly string[];
  /** Further text for --help; empty when the options say it all. */
  readonly notes: string;
  /** Help of its own for a word behind the command's name. */
  readonly topics?: Readonly<Record<string, HelpTopic>>;
  /** Runs to the end; the exit code. Throws `Failure` for what the user has to know. */
  run(invocation: Invocation): Promise<number>;
}
