import { PassThrough } from "node:stream";
import { runCommandLine } from "#cli/command-line.ts";

/** What a command line printed, and how it ended. */
export interface CommandRun {
  readonly exitCode: number;
  readonly results: string;
  readonly notes: string;
}

/** Runs one command line in this process and collects what it prints. */
export async function runCommand(...args: readonly string[]): Promise<CommandRun> {
  const results = new PassThrough();
  const notes = new PassThrough();
  const texts = [collect(results), collect(notes)];
  const exitCode = await runCommandLine(args, { results, notes });
  results.end();
  notes.end();
  const [resultText, noteText] = await Promise.all(texts);
  return { exitCode, results: resultText ?? "", notes: noteText ?? "" };
}

async function collect(stream: PassThrough): Promise<string> {
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  return text;
}
