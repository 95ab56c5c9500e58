/** Waits for the user, or the system, to end the program. */
export interface StopSignal {
  /** Resolves at the first SIGINT or SIGTERM. */
  readonly requested: Promise<void>;
  /** Gives the signals back to the system. */
  release(): void;
}

/** Listens for Ctrl-C and SIGTERM; a second signal ends the program at once. */
export function stopSignal(): StopSignal {
  const requested = Promise.withResolvers<void>();
  let signals = 0;
  const onSignal = () => {
    signals += 1;
    if (signals > 1) process.exit(130);
    requested.resolve();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    requested: requested.promise,
    release() {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
