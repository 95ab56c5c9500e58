import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { assert } from "#core/failure.ts";
import type { FrameStream, FrameStreamListener } from "../frame-stream.ts";
import { TransportFailure } from "../transport-failure.ts";

/** Of what ffmpeg complains, this many characters at the end are kept. */
export const complaintCharactersMax = 4_000;

/** What an ffmpeg stream is made of. */
export interface FfmpegFrameStreamOptions {
  /**
   * The video device, for example `/dev/video0`, looked at before ffmpeg is started; or what finds it at each start,
   * since a camera that was pulled out may return under another number. It throws `TransportFailure`.
   */
  readonly device: string | (() => Promise<string>);
  /** Rows of 160 pixels: 122 with telemetry, 120 without. */
  readonly rows: 120 | 122;
  /** The program; `ffmpeg` unless told otherwise. */
  readonly program?: string;
  /** Arguments that take the place of those for the video device, for another source. */
  readonly input?: readonly string[];
}

/** Little-endian 16-bit pictures of a V4L2 device, read by ffmpeg in a process of its own. */
export class FfmpegFrameStream implements FrameStream {
  readonly #options: FfmpegFrameStreamOptions;
  #process: ChildProcess | null = null;

  constructor(options: FfmpegFrameStreamOptions) {
    this.#options = options;
  }

  async start(listener: FrameStreamListener): Promise<void> {
    assert(this.#process === null, "a stream is started again only after it has ended");
    const { device, program } = this.#options;
    const path = typeof device === "string" ? device : await device();
    await this.#lookForDevice(path);
    const child = spawn(program ?? "ffmpeg", this.#arguments(path), {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-complaintCharactersMax);
    });
    child.stdout.on("data", (bytes: Uint8Array) => {
      if (this.#process === child) listener.onBytes(bytes);
    });
    child.once("close", () => {
      if (this.#process !== child) return;
      this.#process = null;
      listener.onEnd(this.#describeEnd(path, complaint));
    });
    try {
      await once(child, "spawn");
    } catch (error) {
      this.#process = null;
      throw this.#noProgram(error);
    }
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, "close");
    // The kernel frees the device whatever ffmpeg is doing, so it need not be asked politely.
    child.kill("SIGKILL");
    await closed;
  }

  #arguments(device: string): readonly string[] {
    const { rows, input } = this.#options;
    const camera = ["-f", "v4l2", "-input_format", "gray16le", "-video_size", `160x${rows}`, "-i", device];
    const quiet = ["-nostdin", "-hide_banner", "-loglevel", "error"];
    return [...quiet, ...(input ?? camera), "-f", "rawvideo", "-pix_fmt", "gray16le", "-"];
  }

  async #lookForDevice(device: string): Promise<void> {
    if (this.#options.input !== undefined) return;
    try {
      await access(device, constants.R_OK | constants.W_OK);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === "EACCES" || code === "EPERM") {
        const text = `${device} may not be used by this user: add it to the group "video" and log in anew.`;
        throw new TransportFailure("permission-denied", text, { cause });
      }
      const text = `There is no ${device}: plug the camera in, or name the device that "v4l2-ctl --list-devices" shows.`;
      throw new TransportFailure("device-missing", text, { cause });
    }
  }

  #noProgram(cause: unknown): TransportFailure {
    const program = this.#options.program ?? "ffmpeg";
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") {
      const text = `The program ${program} is not installed, but reads the USB camera: install it (apt install ffmpeg).`;
      return new TransportFailure("device-missing", text, { cause });
    }
    return new TransportFailure(
      "bus-error",
      `The program ${program} cannot be started (${code ?? "unknown"}).`,
      {
        cause,
      },
    );
  }

  #describeEnd(device: string, complaint: string): string {
    const { rows } = this.#options;
    if (/Device or resource busy/i.test(complaint)) {
      return `${device} is used by another program: end that one.`;
    }
    if (/Permission denied/i.test(complaint)) {
      return `${device} may not be used by this user: add it to the group "video" and log in anew.`;
    }
    if (/No such (device|file)|Input\/output error/i.test(complaint)) {
      return `${device} has been unplugged: plug the camera in again.`;
    }
    if (/Invalid argument|Inappropriate ioctl|Cannot find a proper format|not a video/i.test(complaint)) {
      return `${device} does not give 16-bit pictures of 160×${rows}: is it a PureThermal with current firmware?`;
    }
    const last = complaint.trim().split("\n").at(-1) ?? "";
    return last === "" ? `The stream of ${device} has ended.` : `The stream of ${device} has ended: ${last}`;
  }
}
