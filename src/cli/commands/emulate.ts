import { badInput } from "#core/failure.ts";
import { EmulatedRoom } from "#simulation/emulated-room.ts";
import type { Command } from "../command.ts";
import { emulatedBench } from "../emulate/emulated-bench.ts";
import { recordedPictures } from "../emulate/recorded-pictures.ts";
import { startDeviceServer } from "../emulate/start-device-server.ts";
import { choiceOption, numberOption } from "../parse-arguments.ts";
import { stopSignal } from "../stop-signal.ts";
import { systemClock } from "../system-clock.ts";

const defaultSocket = "emberwatch-devices.sock";

/** A host that is no real-time system may be a second late before it loses synchronisation. */
const segmentsKeptDefault = 106;
const segmentsKeptMax = 10_000;

/** Serves an emulated Lepton 3.5 and an emulated SCD41 over a Unix socket until it is stopped. */
export const emulateCommand: Command = {
  name: "emulate",
  summary: "Serves an emulated Lepton 3.5, SCD41 and further sensors in a simulated room over a Unix socket.",
  usage: "[--socket PATH] [--room occupied|workshop] [--fire] [options]",
  options: {
    socket: { value: "PATH", help: `Unix socket to serve at (default ${defaultSocket})` },
    room: { value: "KIND", help: "occupied or workshop (default workshop)" },
    fire: { value: null, help: "lights the waste basket at the start" },
    pictures: { value: "RECORDING", help: "shows the camera recorded pictures of 160×120, again and again" },
    seed: { value: "N", help: "one seed gives one room (default 1)" },
    "segments-kept": {
      value: "N",
      help: `video segments that may wait to be read; 1 as in a real camera (default ${segmentsKeptDefault})`,
    },
  },
  examples: [
    "emberwatch emulate --room workshop --fire",
    "emberwatch emulate --pictures clip.raw.y16.gz --socket /tmp/devices.sock",
  ],
  notes: "The protocol of the socket, and the faults: docs/guides/emulated-devices.md. Ctrl-C ends it.",
  async run(invocation) {
    const [surplus] = invocation.positionals;
    if (surplus !== undefined) throw badInput("usage", `"${surplus}" is not an option of emulate.`);
    const integer = { kind: "integer", min: 0, max: 2 ** 31 - 1 } as const;
    const seed = numberOption(invocation, "seed", { ...integer, default: 1 });
    const kind = choiceOption(invocation, "room", ["occupied", "workshop"]) ?? "workshop";
    const segmentsKept = numberOption(invocation, "segments-kept", {
      ...integer,
      min: 1,
      max: segmentsKeptMax,
      default: segmentsKeptDefault,
    });
    const clock = systemClock;
    const room = new EmulatedRoom({ seed, startMicros: clock.nowMicros(), kind });
    if (invocation.switches.has("fire")) room.ignite(clock.nowMicros());
    const pictures = await recordedPictures(invocation.values["pictures"]);
    const { served } = emulatedBench({ room, clock, seed, segmentsKept, pictures });
    const path = invocation.values["socket"] ?? defaultSocket;
    const log = (line: string) => invocation.output.note(line);
    const server = await startDeviceServer({ path, devices: served, log });
    const stop = stopSignal();
    try {
      await invocation.output.line(`Emulated devices are served at ${path}`);
      await stop.requested;
    } finally {
      await server.stop();
      stop.release();
    }
    return 0;
  },
};
