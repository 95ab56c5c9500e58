import { interruptedWhileLoading } from "./loading-interrupt.ts";

// A reader that has seen enough, like `| head`, closes the pipe: that ends the program, and is no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

// Loading the commands takes seconds on a small machine: whoever stops the program then is answered too.
const stopWaiting = interruptedWhileLoading();
const { runCommandLine } = await import("./command-line.ts");
await stopWaiting();

process.exitCode = await runCommandLine(process.argv.slice(2), {
  results: process.stdout,
  notes: process.stderr,
});
