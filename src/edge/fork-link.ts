import { fork } from "node:child_process";
import type { LinkChild, LinkChildListener } from "./link-process.ts";
import { deviceEnvironment, deviceNodeFlags } from "./node-flags.ts";

/** Environment that the link process must not have: only the alarm process may feed the watchdog. */
const ownVariables = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "NODE_OPTIONS", "NODE_CHANNEL_FD"];

/**
 * Starts the program of the link process. The channel is a Unix socket pair in non-blocking mode: a process that is
 * stopped or stuck fills it and is then no longer given anything.
 */
export function forkLink(program: string, listener: LinkChildListener): LinkChild {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !ownVariables.includes(name)),
  );
  const child = fork(program, [], {
    env: { ...env, ...deviceEnvironment },
    execArgv: [...deviceNodeFlags],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  let isOver = false;
  const end = (how: string): void => {
    if (isOver) return;
    isOver = true;
    listener.onExit(how);
  };
  child.on("message", (message) => {
    if (!isOver) listener.onMessage(message);
  });
  child.on("error", (error) => {
    // Of a process that was started this says that a message or a signal failed; its end is told by "exit".
    if (child.pid === undefined) end(error.message);
  });
  child.on("exit", (code, signal) => end(signal ?? `exit code ${code}`));
  return {
    pid: child.pid ?? null,
    send(message, onTaken) {
      // What a process that has just ended was to get is given to its successor by the owner.
      if (child.connected) child.send(message, (error) => (error === null ? onTaken() : undefined));
    },
    kill: () => void child.kill("SIGKILL"),
  };
}
