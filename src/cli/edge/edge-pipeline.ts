import type { Cancel } from "#core/time.ts";
import type { AlarmOutputs } from "#edge/alarm-outputs.ts";
import type { ModelStore } from "#edge/commands/model-store.ts";
import type { DeviceAgent } from "#edge/device-agent.ts";
import type { EdgeConfig } from "#edge/edge-config.ts";
import type { DeviceModel } from "#edge/installed-model.ts";
import type { DeliveringSensor } from "#edge/sensor-intake.ts";
import type { ServiceNotifier } from "#edge/service-notifier.ts";
import { modelNote } from "../open-model.ts";
import { systemClock } from "../system-clock.ts";
import type { ConfigChange, ConfigFiles } from "./config-files.ts";
import { ConfigTrial } from "./config-trial.ts";
import { edgeAgent } from "./edge-agent.ts";
import { edgeCallPoint } from "./edge-call-point.ts";
import { edgeSensors } from "./edge-sensors.ts";
import { edgeModels } from "./open-edge-model.ts";

/** A device that a person has disabled feeds the watchdog so often by itself, so that nobody works against a restart. */
const maintenanceEveryMs = 1_000;

/** What lives as long as the program, whatever configuration is at work. */
export interface EdgeSurroundings {
  readonly files: ConfigFiles;
  /** Kept over a change of the configuration, so that no relay falls for it. */
  readonly outputs: AlarmOutputs;
  readonly notifier: ServiceNotifier | null;
  readonly stopRequested: Promise<unknown>;
  readonly log: (line: string) => void;
  /** The agent at work, for what outputs and tests have to tell; null in between. */
  readonly onAgent: (agent: DeviceAgent | null) => void;
  /** Told when it runs, with what it decides. */
  readonly onRunning: (config: EdgeConfig, model: DeviceModel) => Promise<void>;
  /** Milliseconds from the start to a simulated fire; null lights none. */
  readonly fireAfterMs: number | null;
}

/** A configuration that is tried, or one that was taken back, and the command that brought it. */
export type ConfigNews =
  | {
      readonly kind: "trial";
      readonly commandId: string;
      /** The sensors that delivered before it. */
      readonly delivering: ReadonlySet<DeliveringSensor>;
    }
  /** Whether a configuration was being tried when the device ended cannot be told, or it cannot be taken back. */
  | { readonly kind: "unclear"; readonly text: string }
  | { readonly kind: "taken-back"; readonly commandId: string; readonly why: string };

/** Why a pipeline ended. */
export type PipelineEnd =
  | { readonly kind: "stopped" }
  | {
      readonly kind: "changed";
      readonly change: ConfigChange;
      readonly delivering: ReadonlySet<DeliveringSensor>;
    }
  | { readonly kind: "rejected"; readonly commandId: string; readonly why: string };

/**
 * Runs sensors, decisions and link by one configuration until it is to stop or another configuration waits. One that is
 * tried is rejected when it cannot start or does not prove itself in time (`ConfigTrial`). Throws `Failure` for one that is not tried and cannot
 * start.
 */
export async function runPipeline(
  config: EdgeConfig,
  news: ConfigNews | null,
  around: EdgeSurroundings,
): Promise<PipelineEnd> {
  try {
    return await runUntilEnd(config, news, around);
  } catch (error) {
    if (news?.kind !== "trial") throw error;
    const why = error instanceof Error ? error.message : String(error);
    return { kind: "rejected", commandId: news.commandId, why };
  }
}

async function runUntilEnd(
  config: EdgeConfig,
  news: ConfigNews | null,
  around: EdgeSurroundings,
): Promise<PipelineEnd> {
  const { files, outputs, notifier, log } = around;
  let settle: (end: PipelineEnd) => void = () => {};
  const ended = new Promise<PipelineEnd>((resolve) => {
    settle = resolve;
  });
  let trial = news?.kind === "trial" ? new ConfigTrial(news) : null;
  let delivering: ReadonlySet<DeliveringSensor> = new Set();
  const cancels: Cancel[] = [];
  const models = edgeModels(config, log);
  const sensors = await edgeSensors(config);
  const agent = edgeAgent(config, {
    sensors,
    outputs,
    models,
    log,
    config: files.ability(config, (change) => settle({ kind: "changed", change, delivering })),
    onJudged: (now) => {
      delivering = now;
      notifier?.feed();
      if (trial === null || trial.judged(delivering) !== null) return;
      const { commandId } = trial;
      trial = null;
      void files.accept(() =>
        agent.settleCommand(commandId, {
          ok: true,
          text: "The new configuration works: it judges, and its sensors deliver.",
        }),
      );
    },
  });
  const callPoint = edgeCallPoint(config, agent);
  around.onAgent(agent);
  try {
    await agent.start();
    callPoint?.start();
    tellNews(agent, news);
    startModels(models, agent, log);
    cancels.push(
      systemClock.every(maintenanceEveryMs, () => {
        if ((agent.state?.disabled ?? null) !== null) notifier?.feed();
      }),
    );
    if (around.fireAfterMs !== null)
      cancels.push(systemClock.after(around.fireAfterMs, () => sensors.demo?.ignite()));
    if (trial !== null) {
      const { commandId } = trial;
      const seconds = config.commands.configTrialSeconds;
      const late = (): void => {
        if (trial !== null)
          settle({ kind: "rejected", commandId, why: `${trial.unproven} within ${seconds} s.` });
      };
      cancels.push(systemClock.after(1_000 * seconds, late));
    }
    void around.stopRequested.then(() => settle({ kind: "stopped" }));
    await around.onRunning(config, models.model);
    return await ended;
  } finally {
    for (const cancel of cancels) cancel();
    models.stop();
    await callPoint?.close();
    await agent.stop();
    around.onAgent(null);
    await sensors.release();
  }
}

/** The model is checked while the device decides by its rules already. */
function startModels(models: ModelStore, agent: DeviceAgent, log: (line: string) => void): void {
  models.start({
    onChange: (now) => {
      agent.modelChanged();
      log(modelNote(now));
    },
    onRolledBack: (text) => agent.reportTrouble({ code: "model-rolled-back", active: true, text }),
  });
}

function tellNews(agent: DeviceAgent, news: ConfigNews | null): void {
  if (news?.kind === "unclear")
    agent.reportTrouble({ code: "config-rolled-back", active: true, text: news.text.slice(0, 500) });
  if (news?.kind !== "taken-back") return;
  const text = `The new configuration was taken back, and the one before is at work. ${news.why}`.slice(
    0,
    500,
  );
  agent.reportTrouble({ code: "config-rolled-back", active: true, text });
  agent.settleCommand(news.commandId, { ok: false, text });
}
