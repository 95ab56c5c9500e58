import { doctorCommand } from "../commands/doctor.ts";
import { edgeCommand } from "../commands/edge.ts";
import { emulateCommand } from "../commands/emulate.ts";
import { runCommands } from "../run-commands.ts";

// The program that a device gets: what runs, examines and tries it, without hub, page and learning.
process.exitCode = await runCommands([edgeCommand, doctorCommand, emulateCommand], process.argv.slice(2), {
  results: process.stdout,
  notes: process.stderr,
});
