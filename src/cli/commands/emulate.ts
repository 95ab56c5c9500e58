import { badInput } from "#core/failure.ts";
import { LiveRoom } from "#simulation/demo/live-room.ts";
import type { ServedDevices } from "#simulation/devices/device-server.ts";
import type { Command, Invocation } from "../command.ts";
import { DeviceClient } from "../emulate/device-client.ts";
import { emulatedBench } from "../emulate/emulated-bench.ts";
import { type FaultWish, faultWish, parseFaultWishes } from "../emulate/fault-words.ts";
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
  usage:
    "[--socket PATH] [--room occupied|workshop] [--fire] [options]\n       emberwatch emulate fault DEVICE KIND|JSON|none [--socket PATH]",
  options: {
    socket: { value: "PATH", help: `Unix socket to serve at (default ${defaultSocket})` },
    room: { value: "KIND", help: "occupied or workshop (default workshop)" },
    fire: { value: null, help: "lights the waste basket at the start" },
    pictures: { value: "RECORDING", help: "shows the camera recorded pictures of 160×120, again and again" },
    fault: {
      value: "DEVICE:KIND[@SECONDS]",
      help: "lets a device fail so long after the start (default at once); several with commas between",
    },
    seed: { value: "N", help: "one seed gives one room (default 1)" },
    "segments-kept": {
      value: "N",
      help: `video segments that may wait to be read; 1 as in a real camera (default ${segmentsKeptDefault})`,
    },
  },
  examples: [
    "emberwatch emulate --room workshop --fire",
    "emberwatch emulate --pictures clip.raw.y16.gz --socket /tmp/devices.sock",
    "emberwatch emulate --fault scd41:nack@30,lepton:stall@60",
    "emberwatch emulate fault sps30 fan-stopped",
    "emberwatch emulate fault sps30 none",
  ],
  notes:
    "emulate fault switches a fault of devices that are being served; none takes it away.\n" +
    "The protocol of the socket, and the faults: docs/guides/emulated-devices.md. Ctrl-C ends it.",
  async run(invocation) {
    const [first] = invocation.positionals;
    if (first === "fault") return switchFault(invocation);
    if (first !== undefined) throw badInput("usage", `"${first}" is not an option of emulate.`);
    const { fault } = invocation.values;
    const wishes = fault === undefined ? [] : parseFaultWishes(fault);
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
    const room = new LiveRoom({ seed, startMicros: clock.nowMicros(), kind });
    if (invocation.switches.has("fire")) room.ignite();
    const pictures = await recordedPictures(invocation.values["pictures"]);
    const { served } = emulatedBench({ room, clock, seed, segmentsKept, pictures });
    const path = invocation.values["socket"] ?? defaultSocket;
    const log = (line: string) => invocation.output.note(line);
    const server = await startDeviceServer({ path, devices: served, log });
    const stop = stopSignal();
    const planned = wishes.map((wish) => clock.after(wish.afterMs, () => setFault(served, wish, log)));
    try {
      await invocation.output.line(`Emulated devices are served at ${path}`);
      await stop.requested;
    } finally {
      for (const cancel of planned) cancel();
      await server.stop();
      stop.release();
    }
    return 0;
  },
};

function setFault(served: ServedDevices, { device, fault }: FaultWish, log: (line: string) => void): void {
  served.faults.find(({ name }) => name === device)?.set(fault);
  log(`The emulated ${device} has this fault from now on: ${JSON.stringify(fault)}`);
}

/** Sets or takes away a fault of devices that another process serves. */
async function switchFault({ positionals, values, output }: Invocation): Promise<number> {
  const [, device, text, surplus] = positionals;
  if (device === undefined || text === undefined || surplus !== undefined) {
    throw badInput(
      "usage",
      "emulate fault needs a device and a kind, for example scd41 nack, or scd41 none.",
    );
  }
  const idle = Object.keys(values).find((name) => name !== "socket");
  if (idle !== undefined) throw badInput("usage", `--${idle} does nothing with emulate fault: leave it out.`);
  const wish = faultWish(device, text);
  const client = await DeviceClient.connect(values["socket"] ?? defaultSocket);
  try {
    await client.setFault(wish.device, wish.fault);
  } finally {
    client.close();
  }
  await output.line(
    wish.fault === null
      ? `The emulated ${device} is in order.`
      : `The emulated ${device} has this fault from now on: ${JSON.stringify(wish.fault)}`,
  );
  return 0;
}
