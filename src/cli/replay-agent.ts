import { DeviceAgent } from "#edge/device-agent.ts";
import { replayIdentity } from "#edge/replay-identity.ts";
import { ReplaySource } from "#edge/replay-source.ts";
import { uplinkTo } from "#edge/uplink-to.ts";
import { loadFeatureKernel } from "#kernels/web-assembly-feature-kernel.ts";
import { mergeTimeLines } from "#recording/merge-time-lines.ts";
import type { Recording } from "#recording/recording.ts";
import type { Invocation } from "./command.ts";
import { detectablePictures, type PictureRecording } from "./detectable-pictures.ts";
import type { HubConnection } from "./hub-connection.ts";
import { machineRandom } from "./machine-random.ts";
import { openInputs } from "./open-inputs.ts";
import { numberOption } from "./parse-arguments.ts";
import { type RecordedSetup, recordedSetup } from "./recorded-setup.ts";
import { softwareVersion } from "./software-version.ts";
import { systemClock } from "./system-clock.ts";

/** A recording that is ready to be watched. */
export interface OpenedReplay {
  readonly path: string;
  readonly recordings: readonly Recording[];
  readonly pictures: PictureRecording | null;
  readonly setup: RecordedSetup;
  readonly speed: number;
}

/**
 * Opens what `up --replay` names, before anything else is begun; null when it names nothing. Throws `Failure` naming
 * the file that cannot be read.
 */
export async function openReplay(invocation: Invocation): Promise<OpenedReplay | null> {
  const path = invocation.values["replay"];
  if (path === undefined) return null;
  const speed = numberOption(invocation, "speed", { min: 0.1, max: 100, kind: "any", default: 1 });
  const recordings = await openInputs({ ...invocation, positionals: [path] });
  const pictures = detectablePictures(recordings);
  return { path, recordings, pictures, setup: await recordedSetup(pictures), speed };
}

/** A device that watches a recording as if it happened now; it remembers nothing after a restart. */
export async function replayAgent(
  replay: OpenedReplay,
  around: { readonly invocation: Invocation; readonly hub: HubConnection },
): Promise<DeviceAgent> {
  const { invocation, hub } = around;
  const { recordings, pictures, setup, speed } = replay;
  const { id, name } = replayIdentity(replay.path);
  const hasAir = recordings.some((recording) => recording.hasAir);
  const source = new ReplaySource({
    entries: () => mergeTimeLines(recordings),
    clock: systemClock,
    speed,
    repeat: invocation.switches.has("once") ? "once" : "loop",
  });
  return new DeviceAgent({
    deviceId: id,
    name,
    source: "replay",
    camera: pictures === null ? null : source.camera,
    air: hasAir ? source.air : null,
    clock: systemClock,
    kernel: loadFeatureKernel(),
    model: hub.model,
    captureNowMicros: () => source.nowMicros(),
    brokerUrl: hub.mqttUrl,
    makeLink: uplinkTo({
      random: machineRandom(),
      brokerUrl: hub.mqttUrl,
      credentials: await hub.credentialsFor(id),
    }),
    dataFolder: null,
    demo: null,
    softwareVersion: softwareVersion(),
    log: (line) => invocation.output.note(line),
    pictureSize: pictures ?? undefined,
    mask: setup.mask,
    badPixels: setup.badPixels,
    onEnd: () =>
      invocation.output.note("The recording has ended; its last picture stays. Ctrl-C ends the program."),
  });
}
