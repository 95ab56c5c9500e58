import { spawn } from "node:child_process";

/** A program that runs with fake devices. */
export interface ShimRun {
  /** Path of the compiled shim. */
  readonly library: string;
  /** Path of the program. */
  readonly program: string;
  readonly nodeOptions?: readonly string[];
  readonly programArguments?: readonly string[];
}

/** How such a program ended. */
export interface ShimResult {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs a program of Node in a process in which /dev/i2c-1, /dev/spidev0.0 and /dev/gpiochip0 are fakes. */
export function runUnderShim(run: ShimRun): Promise<ShimResult> {
  const { library, program, nodeOptions = [], programArguments = [] } = run;
  const env: NodeJS.ProcessEnv = { ...process.env, LD_PRELOAD: library };
  // Otherwise a child of the test runner speaks the runner's own protocol instead of TAP.
  delete env["NODE_TEST_CONTEXT"];
  const child = spawn(process.execPath, [...nodeOptions, program, ...programArguments], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => {
        output += text;
      });
    }
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, output }));
  });
}
