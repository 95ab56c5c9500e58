import { runCommandLine } from "./command-line.ts";

// A reader that has seen enough, like `| head`, closes the pipe: that ends the program, and is no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2), {
  results: process.stdout,
  notes: process.stderr,
});
