import type { Writable } from "node:stream";
import { badInput, Failure } from "#core/failure.ts";
import type { Command } from "./command.ts";

import { datasetCommand } from "./commands/dataset.ts";
import { doctorCommand } from "./commands/doctor.ts";

import { emulateCommand } from "./commands/emulate.ts";

import { evaluateCommand } from "./commands/evaluate.ts";
import { explainCommand } from "./commands/explain.ts";
import { exportCommand } from "./commands/export.ts";
import { featuresCommand } from "./commands/features.ts";
import { replayCommand } from "./commands/replay.ts";
import { scenariosCommand } from "./commands/scenarios.ts";
import { simulateCommand } from "./commands/simulate.ts";
import { trainCommand } from "./commands/train.ts";
import { upCommand } from "./commands/up.ts";
import { commandHelp, overviewHelp } from "./help.ts";
import { Output } from "./output.ts";
import { parseArguments } from "./parse-arguments.ts";
import { softwareVersion } from "./software-version.ts";

const commands: readonly Command[] = [
  upCommand,
  datasetCommand,
  trainCommand,
  evaluateCommand,
  explainCommand,
  replayCommand,
  featuresCommand,
  exportCommand,
  simulateCommand,
  scenariosCommand,
  doctorCommand,
  emulateCommand,
];

/** Where a command line writes. */
export interface Streams {
  readonly results: Writable;
  readonly notes: Writable;
}

/** Runs one command line; the exit code: 0 done, 1 the machine is at fault, 2 bad input (one sentence on `notes`). */
export async function runCommandLine(args: readonly string[], streams: Streams): Promise<number> {
  const output = new Output(streams.results, streams.notes);
  try {
    return await dispatch(args, output);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    output.note(`emberwatch: ${error.message}`);
    return error.side === "input" ? 2 : 1;
  }
}

async function dispatch(args: readonly string[], output: Output): Promise<number> {
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
