import type { DeviceAgent } from "#edge/device-agent.ts";
import { modelNow } from "#edge/installed-model.ts";
import { ServiceNotifier } from "#edge/service-notifier.ts";
import type { Invocation } from "../command.ts";
import { modelNote } from "../open-model.ts";
import { stopSignal } from "../stop-signal.ts";
import { systemClock } from "../system-clock.ts";
import { defaultConfigFile } from "./config-commands.ts";
import { ConfigFiles } from "./config-files.ts";
import { DiskRetry } from "./disk-retry.ts";
import { edgeOutputs } from "./edge-outputs.ts";
import { type EdgeSurroundings, runPipeline } from "./edge-pipeline.ts";
import { type FirstConfig, firstConfig } from "./first-config.ts";
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
  let agent: DeviceAgent | null = null;
  let diskProblem: string | null = null;
  const retry = new DiskRetry(systemClock, (problem) => {
    if (problem !== diskProblem) log(problem ?? "The disk has taken how a configuration ended.");
    diskProblem = problem;
    agent?.reportDiskProblem(problem);
  });
  const files = new ConfigFiles(path, retry);
  const first = await firstConfig(files);
  const notifier = await ServiceNotifier.fromEnvironment(process.env, log);
  const stop = stopSignal();
  let outputProblem: string | null = null;
  const outputs = edgeOutputs(first.config, {
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
    onRunning: async ({ device }, model) => {
      notifier?.ready();
      if (diskProblem !== null) agent?.reportDiskProblem(diskProblem);
      if (outputProblem !== null) tellOutputs(agent, outputProblem);
      await output.line(`Emberwatch decides for ${device.id} (${device.name}), process ${process.pid}.`);
      output.note(modelNote(modelNow(model)));
    },
    fireAfterMs: switches.has("fire") ? fireAfterMs : null,
  };
  try {
    await runConfigurations(first, around);
    notifier?.stopping();
    output.note("Stopping.");
  } finally {
    retry.stop();
    await outputs.close();
    stop.release();
  }
  return 0;
}

/** One configuration after the other, each by a pipeline of its own; what outlasts them is in `around`. */
async function runConfigurations(first: FirstConfig, around: EdgeSurroundings): Promise<void> {
  const { files, log } = around;
  let { config, news } = first;
  let before = config;
  for (;;) {
    const end = await runPipeline(config, news, around);
    if (end.kind === "stopped") return;
    if (end.kind === "changed") {
      log("A new configuration is tried.");
      before = config;
      config = end.change.config;
      news = { kind: "trial", commandId: end.change.commandId, delivering: end.delivering };
    } else {
      log(`The new configuration is taken back. ${end.why}`);
      // The one before is in memory: it waits for no disk.
      config = before;
      await files.takeBack();
      news = { kind: "taken-back", commandId: end.commandId, why: end.why };
    }
  }
}

function tellOutputs(agent: DeviceAgent | null, problem: string | null): void {
  agent?.reportTrouble({
    code: "output-failed",
    active: problem !== null,
    text: problem ?? "All outputs can be driven.",
  });
}
