import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { systemClock } from "#cli/system-clock.ts";
import { badInput, Failure, machineFault } from "#core/failure.ts";
import type { Clock } from "#core/time.ts";
import type { I2cBus } from "#sensors/transport/i2c-bus.ts";
import { i2cRecordingHeading, parseI2cRecording } from "#sensors/transport/i2c-exchange.ts";
import { LinuxI2cBus } from "#sensors/transport/linux/linux-i2c-bus.ts";
import { WorkerCapture } from "#sensors/transport/linux/worker-capture.ts";
import { PlaybackI2cBus } from "#sensors/transport/playback-i2c-bus.ts";
import { PlaybackSpiLink } from "#sensors/transport/playback-spi-link.ts";
import { RecordingI2cBus } from "#sensors/transport/recording-i2c-bus.ts";
import { parseSpiRecording, spiRecordingBytesMax } from "#sensors/transport/spi-recording-format.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { type BusPlanStep, builtInPlans, parseBusPlan } from "./bus-plan.ts";
import { parseRecordBusArguments, type RecordBusRequest, recordBusHelp } from "./record-bus-options.ts";
import type { SpiRecorderMessage, SpiRecorderSettings } from "./spi-recorder-worker.ts";

type I2cRequest = Extract<RecordBusRequest, { action: "i2c" }>;
type SpiRequest = Extract<RecordBusRequest, { action: "spi" }>;

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
}

async function readInput(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const text = `${path} cannot be read (${(cause as NodeJS.ErrnoException).code}): name a file that is there.`;
    throw badInput("unreadable-file", text, { cause });
  }
}

/** Writes beside the file and renames, so that a recording is there whole or not at all. */
async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await writeFile(partial, content);
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true });
    const text = `${path} cannot be written (${(cause as NodeJS.ErrnoException).code}): name another place.`;
    throw machineFault("unwritable-file", text, { cause });
  }
}

async function planOf(name: string): Promise<BusPlanStep[]> {
  const text = builtInPlans[name] ?? (await readInput(name)).toString("utf8");
  return parseBusPlan({ name, text });
}

async function doStep(step: BusPlanStep, bus: I2cBus): Promise<void> {
  if (step.kind === "wait") return pause(systemClock, step.ms);
  try {
    await bus.transfer(step.transfer);
  } catch (error) {
    // A chip that does not answer is what a recording may show; a bus that is gone records nothing more.
    if (!(error instanceof TransportFailure) || error.code === "gone") throw error;
    console.error(error.message);
  }
}

async function recordI2c({ bus: path, plan, out }: I2cRequest): Promise<void> {
  const steps = await planOf(plan);
  const linux = await LinuxI2cBus.open({ path });
  const lines: string[] = [];
  const bus = new RecordingI2cBus({ bus: linux, clock: systemClock, writeLine: (line) => lines.push(line) });
  try {
    for (const step of steps) await doStep(step, bus);
  } finally {
    await bus.close();
  }
  lines.splice(1, 0, `# ${path}, ${plan}`);
  const text = `${lines.join("\n")}\n`;
  if (out === null) {
    process.stdout.write(text);
    return;
  }
  await writeWhole(out, text);
  await check(out);
}

async function recordSpi({ device, seconds, readBytes, speedHz, out }: SpiRequest): Promise<void> {
  const settings: SpiRecorderSettings = { seconds, readBytes };
  const workerUrl = new URL("./spi-recorder-worker.ts", import.meta.url);
  const link = { path: device, speedHz };
  const capture = new WorkerCapture({ clock: systemClock, workerUrl, link, settings });
  const pieces: Uint8Array[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      const onMessage = (message: unknown) => {
        const told = message as SpiRecorderMessage;
        if (told.kind === "piece") pieces.push(told.bytes);
        else if (told.complete) resolve();
        else
          reject(
            machineFault("too-slow", "This machine is too slow to keep all: record for a shorter time."),
          );
      };
      const listener = { onMessage, onFailure: reject, onLinkReopened: () => undefined };
      capture.start(listener).catch(reject);
    });
  } finally {
    await capture.stop();
  }
  const bytes = Buffer.concat(pieces);
  await writeWhole(out, out.endsWith(".gz") ? gzipSync(bytes) : bytes);
  await check(out);
}

async function check(path: string): Promise<void> {
  const content = await readInput(path);
  const isText = content.subarray(0, i2cRecordingHeading.length).toString("latin1") === i2cRecordingHeading;
  console.log(isText ? await checkI2c(path, content.toString("utf8")) : checkSpi(path, content));
}

async function checkI2c(name: string, text: string): Promise<string> {
  const exchanges = parseI2cRecording({ name, text });
  const bus = new PlaybackI2cBus(exchanges);
  let failed = 0;
  for (const exchange of exchanges) {
    await bus.transfer(exchange).catch((error: unknown) => {
      if (!(error instanceof TransportFailure)) throw error;
      failed += 1;
    });
  }
  await bus.close();
  const chips = [...new Set(exchanges.map(({ address }) => `0x${address.toString(16).padStart(2, "0")}`))];
  return `${name}: ${exchanges.length} exchanges with ${chips.join(", ") || "nobody"}, ${failed} of them failed`;
}

function unpack(name: string, content: Buffer): Uint8Array {
  const isCompressed = content[0] === 0x1f && content[1] === 0x8b;
  if (!isCompressed) return content;
  try {
    return gunzipSync(content, { maxOutputLength: spiRecordingBytesMax });
  } catch (cause) {
    throw badInput("damaged-file", `${name} is damaged: restore it from its source.`, { cause });
  }
}

function checkSpi(name: string, content: Buffer): string {
  const reads = parseSpiRecording({ name, bytes: unpack(name, content) });
  const link = new PlaybackSpiLink(reads);
  for (const { bytes } of reads) link.read(new Uint8Array(bytes.length));
  link.close();
  const lengths = [...new Set(reads.map(({ bytes }) => bytes.length))].sort((a, b) => a - b);
  const seconds = (reads.at(-1)?.atMicros ?? 0) / 1_000_000;
  return `${name}: ${reads.length} reads of ${lengths.join(", ")} bytes in ${seconds.toFixed(3)} s`;
}

async function run(request: RecordBusRequest): Promise<void> {
  switch (request.action) {
    case "help":
      console.log(recordBusHelp);
      return;
    case "i2c":
      return recordI2c(request);
    case "spi":
      return recordSpi(request);
    case "check":
      return check(request.file);
  }
}

try {
  await run(parseRecordBusArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`record-bus: ${error.message}`);
  process.exitCode = error.side === "input" ? 2 : 1;
}
