import { parseArgs } from "node:util";
import { badInput } from "#core/failure.ts";
import { spiRecordBytesMax } from "#sensors/transport/spi-recording-format.ts";

/** What `npm run record-bus -- --help` prints. */
export const recordBusHelp = `Records what a chip on a bus really answers, as a file that tests play back.

  npm run record-bus -- i2c --plan PLAN [--bus /dev/i2c-1] [--out FILE]
      Does the exchanges of a plan and writes each down as a line of text.
      PLAN is scd41, lepton, or a file with lines such as
          0x62 write 36 82
          wait 1
          0x62 read 9
          0x2a write 00 02 read 2
      Without --out the recording goes to the screen.

  npm run record-bus -- spi --out FILE [--device /dev/spidev0.0] [--seconds 2]
                        [--read-bytes 164] [--speed-hz 20000000]
      Reads without a pause, 164 bytes (a packet of a Lepton) at a time. A FILE
      that ends in .gz is compressed.

  npm run record-bus -- check FILE
      Reads a recording of either kind, plays it back and says what is in it.

docs/guides/sensor-transports.md says how to make a test of it.`;

/** What the command line asks for. */
export type RecordBusRequest =
  | { readonly action: "help" }
  | { readonly action: "i2c"; readonly bus: string; readonly plan: string; readonly out: string | null }
  | {
      readonly action: "spi";
      readonly device: string;
      readonly seconds: number;
      readonly readBytes: number;
      readonly speedHz: number;
      readonly out: string;
    }
  | { readonly action: "check"; readonly file: string };

/** Longest SPI recording, in seconds: a file of some 150 MB. */
const secondsMax = 60;

const options = {
  bus: { type: "string", default: "/dev/i2c-1" },
  plan: { type: "string" },
  out: { type: "string" },
  device: { type: "string", default: "/dev/spidev0.0" },
  seconds: { type: "string", default: "2" },
  "read-bytes": { type: "string", default: "164" },
  "speed-hz": { type: "string", default: "20000000" },
  help: { type: "boolean", short: "h", default: false },
} as const;

function usage(text: string): Error {
  return badInput("usage", `${text} "npm run record-bus -- --help" explains it.`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw usage(error instanceof Error ? `${error.message.replace(/\.?$/, ".")}` : String(error));
  }
}

function numberWithin(
  text: string,
  range: { readonly name: string; readonly min: number; readonly max: number },
): number {
  const value = Number(text);
  if (value >= range.min && value <= range.max) return value;
  throw usage(`--${range.name} is "${text}": give a number from ${range.min} to ${range.max}.`);
}

/** Reads the command line. Throws `Failure` ("input"). */
export function parseRecordBusArguments(args: readonly string[]): RecordBusRequest {
  const { values, positionals } = parse(args);
  const [action, file, ...rest] = positionals;
  if (values.help) return { action: "help" };
  if (rest.length > 0 || (file !== undefined && action !== "check")) throw usage("Too many words.");
  switch (action) {
    case "i2c":
      if (values.plan === undefined) throw usage("--plan is missing: give scd41, lepton or a file.");
      return { action, bus: values.bus, plan: values.plan, out: values.out ?? null };
    case "spi":
      if (values.out === undefined) throw usage("--out is missing: name the file to write.");
      return {
        action,
        device: values.device,
        out: values.out,
        seconds: numberWithin(values.seconds, { name: "seconds", min: 0.01, max: secondsMax }),
        readBytes: Math.floor(
          numberWithin(values["read-bytes"], { name: "read-bytes", min: 1, max: spiRecordBytesMax }),
        ),
        speedHz: numberWithin(values["speed-hz"], { name: "speed-hz", min: 1_000, max: 125_000_000 }),
      };
    case "check":
      if (file === undefined) throw usage("The file to check is missing.");
      return { action, file };
    default:
      throw usage(action === undefined ? "Say i2c, spi or check." : `There is no action "${action}".`);
  }
}
