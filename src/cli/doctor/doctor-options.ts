import { badInput } from "#core/failure.ts";
import type { Invocation, OptionSpec } from "../command.ts";
import { linePlaceOption } from "../line-place.ts";
import { numberOption } from "../parse-arguments.ts";
import type { LinuxPlaces } from "./linux-surroundings.ts";
import { plausibleCorrectionPpm, recalibrationPpm } from "./recalibrate-scd41.ts";
import { type DoctorPart, doctorParts } from "./run-doctor.ts";

/** Buses of a Raspberry Pi's header, and where `up` keeps its state. */
const defaults = { i2c: "/dev/i2c-1", spi: "/dev/spidev0.0", data: ".emberwatch" } as const;

/** Options of `emberwatch doctor`. */
export const doctorOptions: Readonly<Record<string, OptionSpec>> = {
  i2c: { value: "DEVICE", help: `bus of the sensors (default ${defaults.i2c})` },
  spi: { value: "DEVICE", help: `bus of the camera's pictures (default ${defaults.spi})` },
  "camera-power": {
    value: "CHIP:LINE",
    help: "switch of the camera's supply, for example gpiochip0:17; it is switched on",
  },
  "sensor-power": { value: "CHIP:LINE", help: "switch of the other sensors' supply; it is switched on" },
  video: {
    value: "DEVICE",
    help: "a PureThermal on USB in place of a camera on SPI (found by itself without --spi)",
  },
  emulated: { value: "SOCKET", help: "looks at the sensors that emberwatch emulate serves there" },
  data: { value: "DIR", help: `folder of the program's state (default ${defaults.data})` },
  "self-test": { value: null, help: "lets the CO2 sensor test itself, 10 s" },
  recalibrate: {
    value: "PPM",
    help: `with scd41: tells the sensor the CO2 around it, ${recalibrationPpm.min} to ${recalibrationPpm.max}; takes 3 min`,
  },
  "large-correction": {
    value: null,
    help: `with --recalibrate: allows a correction of more than ${plausibleCorrectionPpm} ppm`,
  },
  json: { value: null, help: "prints one JSON object per line, the last one a summary" },
};

/** What the user wants of the doctor. */
export interface DoctorRequest {
  readonly part: DoctorPart | "all";
  readonly places: LinuxPlaces;
  /** Socket of emulated devices to look at instead; null for devices of this machine. */
  readonly emulated: string | null;
  /** What the user named; null leaves it to what is found. */
  readonly video: string | null;
  /** Whether the user named the SPI bus, and so says where the camera is. */
  readonly spiNamed: boolean;
  readonly dataFolder: string;
  readonly selfTest: "run" | "leave-out";
  readonly recalibratePpm: number | null;
  /** The largest correction that a recalibration may make. */
  readonly largestCorrectionPpm: number;
  readonly style: "json" | "text";
}

/** Takes the options apart. Throws `Failure` ("usage") for what does not fit together. */
export function parseDoctorRequest(invocation: Invocation): DoctorRequest {
  const { values, switches } = invocation;
  const part = partOf(invocation);
  const recalibratePpm = numberOption(invocation, "recalibrate", {
    ...recalibrationPpm,
    kind: "integer",
    default: null,
  });
  const selfTest = switches.has("self-test") ? "run" : "leave-out";
  if (recalibratePpm !== null && part !== "scd41") {
    throw badInput(
      "usage",
      "--recalibrate belongs to the CO2 sensor: write emberwatch doctor scd41 --recalibrate PPM.",
    );
  }
  if (recalibratePpm === null && switches.has("large-correction")) {
    throw badInput("usage", "--large-correction belongs to --recalibrate PPM.");
  }
  if (selfTest === "run" && part !== "all" && part !== "scd41") {
    throw badInput("usage", `--self-test belongs to the CO2 sensor, not to ${part}.`);
  }
  return {
    part,
    places: {
      i2c: values["i2c"] ?? defaults.i2c,
      spi: values["spi"] ?? defaults.spi,
      cameraPower: linePlaceOption(invocation, "camera-power"),
      airPower: linePlaceOption(invocation, "sensor-power"),
    },
    emulated: emulatedSocket(invocation),
    video: values["video"] ?? null,
    spiNamed: values["spi"] !== undefined,
    dataFolder: values["data"] ?? defaults.data,
    selfTest,
    recalibratePpm,
    largestCorrectionPpm: switches.has("large-correction")
      ? Number.POSITIVE_INFINITY
      : plausibleCorrectionPpm,
    style: switches.has("json") ? "json" : "text",
  };
}

function emulatedSocket({ values }: Invocation): string | null {
  const socket = values["emulated"];
  if (socket === undefined) return null;
  const other = ["i2c", "spi", "camera-power", "sensor-power", "video"].find(
    (name) => values[name] !== undefined,
  );
  if (other === undefined) return socket;
  throw badInput("usage", `--emulated takes the place of --${other}: leave one of them out.`);
}

function partOf({ positionals }: Invocation): DoctorPart | "all" {
  const [first, second] = positionals;
  if (second !== undefined)
    throw badInput("usage", `Name one part, not "${second}" as well; without one all are checked.`);
  if (first === undefined) return "all";
  const part = doctorParts.find((candidate) => candidate === first);
  if (part === undefined) {
    throw badInput(
      "usage",
      `There is no part "${first}" to check: name ${doctorParts.join(", ")}, or none for all.`,
    );
  }
  return part;
}
