import type { Writable } from "node:stream";
import { badInput, Failure } from "#core/failure.ts";
import type { Command } from "./command.ts";
import { commandHelp, overviewHelp } from "./help.ts";
import { Output } from "./output.ts";
import { parseArguments } from "./parse-arguments.ts";
import { softwareVersion } from "./software-version.ts";

/** Where a command line writes. */
export interface Streams {
  readonly results: Writable;
  readonly notes: Writable;
}

/**
 * Runs one command line of a program that has these commands; the exit code: 0 done, 1 the machine is at fault, 2 bad
 * input (one sentence on `notes`).
 */
export async function runCommands(
  commands: readonly Command[],
  args: readonly string[],
  streams: Streams,
): Promise<number> {
  const output = new Output(streams.results, streams.notes);
  try {
    return await dispatch(commands, args, output);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    output.note(`emberwatch: ${error.message}`);
    return error.side === "input" ? 2 : 1;
  }
}

async function dispatch(
  commands: readonly Command[],
  args: readonly string[],
  output: Output,
): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    await output.line(overviewHelp(commands));
    return name === undefined ? 2 : 0;
  }
  if (name === "--version") {
    await output.line(softwareVersion());
    return 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    throw badInput("usage", `There is no command "${name}". emberwatch --help lists them.`);
  }
  const invocation = parseArguments(command, rest, output);
  if (invocation === null) {
    await output.line(commandHelp(command, rest));
    return 0;
  }
  return command.run(invocation);
}
