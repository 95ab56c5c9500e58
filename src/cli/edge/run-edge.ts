import type { DeviceAgent } from "#edge/device-agent.ts";
import { ServiceNotifier } from "#edge/service-notifier.ts";
import type { Invocation } from "../command.ts";
import { modelNote } from "../open-model.ts";
import { stopSignal } from "../stop-signal.ts";
import { defaultConfigFile } from "./config-commands.ts";
import { ConfigFiles } from "./config-files.ts";
import { edgeOutputs } from "./edge-outputs.ts";
import { type ConfigNews, type EdgeSurroundings, runPipeline } from "./edge-pipeline.ts";
import { readEdgeConfig } from "./read-edge-config.ts";
import { prepareTrial } from "./trial.ts";

/** From the start of `edge --trial --fire` to its fire: the camera has learnt the room by then. */
const fireAfterMs = 20_000;

/** `edge`: runs the alarm process, which starts the link process, until it is stopped. Throws `Failure`. */
export async function runEdge(invocation: Invocation): Promise<number> {
  const { values, switches, output } = invocation;
  const path = switches.has("trial")
    ? await prepareTrial(invocation)
    : (values["config"] ?? defaultConfigFile);
  const log = (line: string): void => output.note(line);
  const files = new ConfigFiles(path);
  const news = await takeBackInterrupted(files, path);
  const config = await readEdgeConfig(path);
  const notifier = await ServiceNotifier.fromEnvironment(process.env, log);
  const stop = stopSignal();
  let agent: DeviceAgent | null = null;
  let outputProblem: string | null = null;
  const outputs = edgeOutputs(config, {
    log,
    onProblem: (problem) => {
      outputProblem = problem;
      tellOutputs(agent, problem);
    },
  });
  const around: EdgeSurroundings = {
    files,
    outputs,
    notifier,
    stopRequested: stop.requested,
    log,
    onAgent: (now) => {
      agent = now;
    },
    onRunning: async ({ device }, { model }) => {
      notifier?.ready();
      if (outputProblem !== null) tellOutputs(agent, outputProblem);
      await output.line(`Emberwatch decides for ${device.id} (${device.name}), process ${process.pid}.`);
      output.note(modelNote(model));
    },
    fireAfterMs: switches.has("fire") ? fireAfterMs : null,
  };
  try {
    await runConfigurations(path, news, around);
    notifier?.stopping();
    output.note("Stopping.");
  } finally {
    await outputs.close();
    stop.release();
  }
  return 0;
}

/** One configuration after the other, each by a pipeline of its own; what outlasts them is in `around`. */
async function runConfigurations(
  path: string,
  first: ConfigNews | null,
  around: EdgeSurroundings,
): Promise<void> {
  const { files, log } = around;
  let news = first;
  for (;;) {
    const end = await runPipeline(await readEdgeConfig(path), news, around);
    if (end.kind === "stopped") return;
    if (end.kind === "changed") {
      log("A new configuration is tried.");
      news = { kind: "trial", commandId: end.commandId, delivering: end.delivering };
    } else {
      log(`The new configuration is taken back. ${end.why}`);
      await files.takeBack();
      news = { kind: "taken-back", commandId: end.commandId, why: end.why };
    }
  }
}

/**
 * A configuration during whose trial the device ended is not tried once more. When that cannot be told or undone, the
 * file in place is used and it is trouble: a device that watches by a doubtful configuration is better than none.
 */
export async function takeBackInterrupted(files: ConfigFiles, path: string): Promise<ConfigNews | null> {
  try {
    const commandId = await files.interruptedTrial();
    if (commandId === null) return null;
    await files.takeBack();
    return { kind: "taken-back", commandId, why: "The device ended while it was tried." };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    await files.forgetTrial();
    const text = `A configuration was being tried when the device ended, and the one before cannot be put back (${cause}). ${path} is used as it is: check it.`;
    return { kind: "unclear", text };
  }
}

function tellOutputs(agent: DeviceAgent | null, problem: string | null): void {
  agent?.reportTrouble({
    code: "output-failed",
    active: problem !== null,
    text: problem ?? "All outputs can be driven.",
  });
}
