import type { Command } from "./command.ts";

/** The text of `emberwatch --help`. */
export function overviewHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length)) + 2;
  return [
    "Emberwatch watches rooms for fire with a thermal camera and a CO2 sensor.",
    "It is not a certified life-safety device; it supplements a fire panel and never replaces one.",
    "",
    "usage: emberwatch COMMAND [options]",
    "",
    ...commands.map((command) => `  ${command.name.padEnd(width)}${command.summary}`),
    "",
    "emberwatch COMMAND --help tells more, with examples. Exit code 0: done, 1: the machine is at fault,",
    "2: something given was wrong.",
  ].join("\n");
}

/** The text of `emberwatch COMMAND --help`, or of `emberwatch COMMAND WORD --help` where the word has help of its own. */
export function commandHelp(command: Command, args: readonly string[] = []): string {
  const word = args.find((arg) => Object.hasOwn(command.topics ?? {}, arg));
  const topic = word === undefined ? command : command.topics![word]!;
  const options = Object.entries({ ...topic.options, help: { value: null, help: "shows this text" } });
  const left = options.map(([name, spec]) => `--${name}${spec.value === null ? "" : ` ${spec.value}`}`);
  const width = Math.max(...left.map((text) => text.length)) + 2;
  return [
    `usage: emberwatch ${command.name} ${topic.usage}`,
    "",
    topic.summary,
    "",
    ...options.map(([, spec], index) => `  ${(left[index] ?? "").padEnd(width)}${spec.help}`),
    ...(topic.notes === "" ? [] : ["", topic.notes]),
    "",
    topic.examples.length === 1 ? "Example:" : "Examples:",
    ...topic.examples.map((example) => `  ${example}`),
  ].join("\n");
}
