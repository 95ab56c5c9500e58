import { badInput } from "#core/failure.ts";
import { DeviceAgent } from "#edge/device-agent.ts";
import { replayIdentity } from "#edge/replay-identity.ts";
import { ReplaySource } from "#edge/replay-source.ts";
import { mergeTimeLines } from "#recording/merge-time-lines.ts";
import type { Invocation } from "./command.ts";
import { detectablePictures } from "./detectable-pictures.ts";
import type { HubConnection } from "./hub-connection.ts";
import { openInputs } from "./open-inputs.ts";
import { numberOption } from "./parse-arguments.ts";
import { recordedSetup } from "./recorded-setup.ts";
import { softwareVersion } from "./software-version.ts";
import { systemClock } from "./system-clock.ts";

/** A device that watches the recording of `up --replay` as if it happened now; it remembers nothing after a restart. */
export async function replayAgent(invocation: Invocation, hub: HubConnection): Promise<DeviceAgent> {
  const path = invocation.values["replay"];
  if (path === undefined) throw badInput("usage", "--replay needs a recording.");
  const { id, name } = replayIdentity(path);
  const recordings = await openInputs({ ...invocation, positionals: [path] });
  const pictures = detectablePictures(recordings);
  const setup = await recordedSetup(pictures);
  const hasAir = recordings.some((recording) => recording.hasAir);
  const source = new ReplaySource({
    entries: () => mergeTimeLines(recordings),
    clock: systemClock,
    speed: numberOption(invocation, "speed", { min: 0.1, max: 100, kind: "any", default: 1 }),
    repeat: invocation.switches.has("once") ? "once" : "loop",
  });
  return new DeviceAgent({
    deviceId: id,
    name,
    source: "replay",
    camera: pictures === null ? null : source.camera,
    air: hasAir ? source.air : null,
    clock: systemClock,
    captureNowMicros: () => source.nowMicros(),
    brokerUrl: hub.mqttUrl,
    credentials: hub.credentialsFor(id),
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
