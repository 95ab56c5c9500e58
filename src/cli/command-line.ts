import type { Command } from "./command.ts";

import { datasetCommand } from "./commands/dataset.ts";
import { deviceCommand } from "./commands/device.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { edgeCommand } from "./commands/edge.ts";
import { emulateCommand } from "./commands/emulate.ts";
import { enrolCommand } from "./commands/enrol.ts";

import { evaluateCommand } from "./commands/evaluate.ts";
import { explainCommand } from "./commands/explain.ts";
import { exportCommand } from "./commands/export.ts";
import { featuresCommand } from "./commands/features.ts";
import { integrationsCommand } from "./commands/integrations.ts";
import { replayCommand } from "./commands/replay.ts";
import { scenariosCommand } from "./commands/scenarios.ts";
import { simulateCommand } from "./commands/simulate.ts";
import { trainCommand } from "./commands/train.ts";
import { upCommand } from "./commands/up.ts";
import { runCommands, type Streams } from "./run-commands.ts";

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
  edgeCommand,
  deviceCommand,
  integrationsCommand,
  enrolCommand,
  doctorCommand,
  emulateCommand,
];

/** Runs one command line of the whole program; see `runCommands`. */
export function runCommandLine(args: readonly string[], streams: Streams): Promise<number> {
  return runCommands(commands, args, streams);
}
