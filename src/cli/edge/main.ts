import { edgeCommand } from "../commands/edge.ts";
import { runCommands } from "../run-commands.ts";

/** What examines and tries a device: a device that watches does not load it, for the memory's sake. */
async function otherCommands() {
  const { doctorCommand } = await import("../commands/doctor.ts");
  const { emulateCommand } = await import("../commands/emulate.ts");
  return [doctorCommand, emulateCommand];
}

// The program that a device gets: what runs, examines and tries it, without hub, page and learning.
const args = process.argv.slice(2);
const commands = args[0] === edgeCommand.name ? [edgeCommand] : [edgeCommand, ...(await otherCommands())];
process.exitCode = await runCommands(commands, args, { results: process.stdout, notes: process.stderr });
