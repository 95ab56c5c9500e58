import { setImmediate } from "node:timers/promises";

/**
 * Ends the program with exit code 1 and one sentence at a SIGINT or SIGTERM while its commands are still being loaded.
 * Returns what gives the signals back, after those that came while the program was too busy to hear them.
 */
export function interruptedWhileLoading(): () => Promise<void> {
  const onSignal = () => {
    process.stderr.write("Interrupted before anything was begun: nothing was written.\n");
    process.exit(1);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return async () => {
    await setImmediate();
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  };
}
