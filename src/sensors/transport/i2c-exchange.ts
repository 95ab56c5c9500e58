import { badInput } from "#core/failure.ts";
import type { I2cTransfer } from "./i2c-bus.ts";
import { type TransportCode, TransportFailure } from "./transport-failure.ts";

/** First line of a recorded I2C exchange. */
export const i2cRecordingHeading = "# emberwatch i2c recording, format 1";

/** Most lines of a recording that is played back; a driver's start has some tens. */
export const i2cRecordingLinesMax = 100_000;

/** One exchange as it happened. */
export interface I2cExchange extends I2cTransfer {
  /** Since the recording began, in milliseconds. */
  readonly atMs: number;
  readonly tookMs: number;
  /** The bytes read, or what was thrown. */
  readonly answer: Uint8Array | TransportFailure;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => ` ${byte.toString(16).padStart(2, "0")}`).join("");
}

function describeAnswer(answer: I2cExchange["answer"]): string {
  if (answer instanceof TransportFailure) return ` failed ${answer.code}`;
  return answer.length === 0 ? "" : `:${hex(answer)}`;
}

/**
 * An exchange as one line of a recording, without its line end:
 *
 *     12.250 ms  0x62  write 36 82  read 0  took 0.310 ms
 *     13.561 ms  0x62  write  read 9: f8 96 31 9f 07 c2 3b be 89  took 0.940 ms
 *     20.000 ms  0x61  write 36 82  read 0 failed no-answer  took 0.120 ms
 */
export function formatI2cExchange(exchange: I2cExchange): string {
  const { atMs, address, write, readBytes, answer, tookMs } = exchange;
  return [
    `${atMs.toFixed(3)} ms`,
    `0x${address.toString(16).padStart(2, "0")}`,
    `write${hex(write)}`,
    `read ${readBytes}${describeAnswer(answer)}`,
    `took ${tookMs.toFixed(3)} ms`,
  ].join("  ");
}

const linePattern =
  /^(\d+\.\d{3}) ms {2}0x([0-7][0-9a-f]) {2}write((?: [0-9a-f]{2})*) {2}read (\d{1,4})(?::((?: [0-9a-f]{2})+)| failed ([a-z-]+))? {2}took (\d+\.\d{3}) ms$/;

const codes: ReadonlySet<string> = new Set<TransportCode>([
  "device-missing",
  "permission-denied",
  "no-answer",
  "gone",
  "bus-error",
  "busy",
]);

function parseHex(text: string): Uint8Array {
  return Uint8Array.from(text.trim() === "" ? [] : text.trim().split(" "), (pair) =>
    Number.parseInt(pair, 16),
  );
}

function parseLine(line: string): I2cExchange | null {
  const match = linePattern.exec(line);
  if (match === null) return null;
  const [, atMs, address = "", write = "", count, read = "", code, tookMs] = match;
  const readBytes = Number(count);
  const bytes = parseHex(read);
  if (code === undefined ? bytes.length !== readBytes : !codes.has(code)) return null;
  return {
    atMs: Number(atMs),
    address: Number.parseInt(address, 16),
    write: parseHex(write),
    readBytes,
    answer:
      code === undefined
        ? bytes
        : new TransportFailure(
            code as TransportCode,
            `The chip at 0x${address} failed when it was recorded.`,
          ),
    tookMs: Number(tookMs),
  };
}

/** A text with the name that complaints about it use. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/**
 * The exchanges of a recording; lines that begin with # are remarks. Throws `Failure` ("input") with the line that it
 * does not understand.
 */
export function parseI2cRecording({ name, text }: NamedText): readonly I2cExchange[] {
  const lines = text.split(/\r?\n/);
  if (lines[0] !== i2cRecordingHeading) {
    throw badInput(
      "not-an-i2c-recording",
      `${name} does not begin with "${i2cRecordingHeading}": record it anew.`,
    );
  }
  if (lines.length > i2cRecordingLinesMax) {
    throw badInput("recording-too-long", `${name} has more than ${i2cRecordingLinesMax} lines: record less.`);
  }
  const exchanges: I2cExchange[] = [];
  lines.forEach((line, index) => {
    if (line === "" || line.startsWith("#")) return;
    const exchange = parseLine(line);
    if (exchange === null) {
      const text = `${name}, line ${index + 1} is no exchange: "${line.slice(0, 200)}". Restore it from its source.`;
      throw badInput("damaged-i2c-recording", text);
    }
    exchanges.push(exchange);
  });
  return exchanges;
}
