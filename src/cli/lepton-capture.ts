import { workerProgram } from "#core/worker-program.ts";
import type { CaptureSettings } from "#sensors/lepton/capture-messages.ts";
import type { CaptureSource } from "#sensors/transport/capture-source.ts";
import type { LinuxSpiLinkOptions } from "#sensors/transport/linux/linux-spi-link.ts";
import { WorkerCapture } from "#sensors/transport/linux/worker-capture.ts";
import { systemClock } from "./system-clock.ts";

/** Reads a Lepton's video on a Linux SPI bus in a thread of its own: the `capture` of a `LeptonCamera`. */
export function leptonCapture(link: LinuxSpiLinkOptions): CaptureSource {
  const settings: CaptureSettings = { telemetryPlace: "footer" };
  return new WorkerCapture({
    clock: systemClock,
    workerUrl: workerProgram(new URL("./lepton-capture-worker.ts", import.meta.url)),
    link,
    settings,
  });
}
