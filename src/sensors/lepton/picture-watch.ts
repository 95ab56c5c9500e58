import type { FfcWish } from "#core/alarm/ffc-hold.ts";
import type { FrameTelemetry } from "#core/frames/frame-telemetry.ts";
import { telemetryFrameCounter } from "#core/frames/lepton-telemetry.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { GainWatch } from "./gain-watch.ts";
import type { CameraCounters } from "./lepton-counters.ts";
import type { LeptonSettings } from "./lepton-settings.ts";
import type { LeptonTroubles } from "./lepton-troubles.ts";
import { type LeptonPicture, radiometricFrame } from "./radiometric-frame.ts";

/** A frame counter that does not move for this long is a camera that does not work. */
export const counterStuckMaxMs = 4_000;

/** The last picture that came again is given on from here on, so that the device can tell a frozen camera from a silent one. */
export const repeatToldAfterMs = 400;

/** The very same pixels for this long are no picture: the noise of a real camera always moves some. */
export const sameContentMaxMs = 4_500;

/** A flat-field correction is over in less than a second; one this long does not end. */
export const correctionMaxMs = 4_000;

/** The driver starts a correction at most this often, however long the camera asks for one. */
export const correctionGapMs = 5_000;

/** Settings that the telemetry shows to be wrong are set again at most this often. */
export const configureGapMs = 10_000;

/** Row C, word 7: with manual correction, automatic gain wants to change and waits for a correction. */
const gainChangeDesiredWord = 160 + 7;

/** 140 °C in hundredths of a kelvin: a picture that is all past it has no noise left to move. */
const severeCentikelvin = 41_315;

/** What a picture asks its camera to do. */
export type PictureDemand = "nothing" | "correct" | "configure" | "restart";

/** What a picture came to: a frame for the listener, or none. */
export interface PictureVerdict {
  readonly frame: ThermalFrame | null;
  /** The last picture once more, counter and all: no news, but a sign that the camera still sends. */
  readonly repeated: ThermalFrame | null;
  readonly demand: PictureDemand;
}

/** What a watch works with. */
export interface PictureWatchOptions {
  readonly settings: LeptonSettings;
  readonly counters: CameraCounters;
  readonly troubles: LeptonTroubles;
}

/** Looks at each picture and at what the camera says of itself with it; times never jump. */
export class PictureWatch {
  readonly #options: PictureWatchOptions;
  readonly #gain: GainWatch;
  #isRadiometric = true;
  #ffcWish: FfcWish = "automatic";
  #counter = Number.NaN;
  #newAtMs = 0;
  #lastPixels: Uint16Array | null = null;
  #contentSinceMs = 0;
  #correctingSinceMs: number | null = null;
  #lastFfcUptimeMs: number | null = null;
  #askedAtMs = Number.NEGATIVE_INFINITY;
  #configuredAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: PictureWatchOptions) {
    this.#options = options;
    this.#gain = new GainWatch(options.settings);
  }

  /** From now on the driver starts no correction that the camera asks for, or does so again. */
  holdCorrections(wish: FfcWish): void {
    this.#ffcWish = wish;
  }

  /** The camera has been set up at this time; what came before does not continue. */
  begin({ atMs, isRadiometric }: { readonly atMs: number; readonly isRadiometric: boolean }): void {
    this.#isRadiometric = isRadiometric;
    this.#gain.reset();
    this.#newAtMs = atMs;
    this.#contentSinceMs = atMs;
    this.#correctingSinceMs = null;
    this.#lastFfcUptimeMs = null;
    this.#configuredAtMs = atMs;
  }

  /** Takes a picture that came at `nowMs`. */
  take(picture: LeptonPicture, nowMs: number): PictureVerdict {
    const { counters, troubles } = this.#options;
    const counter = telemetryFrameCounter(picture.telemetryWords);
    if (counter === this.#counter) {
      counters.duplicates += 1;
      return this.#repeat(picture, nowMs - this.#newAtMs);
    }
    this.#counter = counter;
    this.#newAtMs = nowMs;
    const frame = radiometricFrame(picture);
    const telemetry = frame.telemetry!;
    this.#noticeState(telemetry);
    if (frame.unit === "raw-counts") return this.#takeRawCounts(frame, nowMs);
    if (this.#correctionIsStuck(telemetry, nowMs)) {
      troubles.raise("shutter-stuck");
      return { frame, repeated: null, demand: "restart" };
    }
    if (this.#contentIsStuck(frame, nowMs)) {
      troubles.raise("picture-frozen");
      return { frame, repeated: null, demand: "restart" };
    }
    return this.#takeTemperatures(frame, nowMs);
  }

  #repeat(picture: LeptonPicture, stuckMs: number): PictureVerdict {
    const isStuck = stuckMs > counterStuckMaxMs;
    if (isStuck) this.#options.troubles.raise("picture-frozen");
    const frame = stuckMs > repeatToldAfterMs ? radiometricFrame(picture) : null;
    return {
      frame: null,
      repeated: frame !== null && this.#hasContent(frame.pixels) ? frame : null,
      demand: isStuck ? "restart" : "nothing",
    };
  }

  #noticeState(telemetry: FrameTelemetry): void {
    const { counters, troubles } = this.#options;
    troubles.set("over-temperature", { stands: telemetry.overTemperature === true });
    troubles.set("shutter-lockout", { stands: telemetry.shutterLockout === true });
    const { lastFfcUptimeMs } = telemetry;
    const isCorrected = this.#lastFfcUptimeMs !== null && lastFfcUptimeMs !== this.#lastFfcUptimeMs;
    this.#lastFfcUptimeMs = lastFfcUptimeMs;
    if (!isCorrected) return;
    counters.corrections += 1;
    troubles.clear("gain-uncorrected");
  }

  #takeRawCounts(frame: ThermalFrame, nowMs: number): PictureVerdict {
    this.#options.counters.rawCounts += 1;
    if (!this.#isRadiometric || nowMs - this.#configuredAtMs < configureGapMs) {
      return { frame, repeated: null, demand: "nothing" };
    }
    this.#configuredAtMs = nowMs;
    return { frame, repeated: null, demand: "configure" };
  }

  #takeTemperatures(frame: ThermalFrame, nowMs: number): PictureVerdict {
    const { counters, troubles } = this.#options;
    const telemetry = frame.telemetry!;
    const verdict = this.#gain.judge(telemetry, nowMs);
    counters.gainChanges = this.#gain.changes;
    if (verdict === "uncorrected") troubles.raise("gain-uncorrected");
    if (verdict === "held" || verdict === "correct") {
      counters.held += 1;
      const held = { ...frame, telemetry: { ...telemetry, ffcState: "in-progress" as const } };
      return { frame: held, repeated: null, demand: verdict === "correct" ? "correct" : "nothing" };
    }
    return { frame, repeated: null, demand: this.#wantsCorrection(telemetry, nowMs) ? "correct" : "nothing" };
  }

  /** With manual correction the camera only says that it wants one. */
  #wantsCorrection(telemetry: FrameTelemetry, nowMs: number): boolean {
    if (this.#options.settings.ffcMode !== "manual" || telemetry.shutterLockout === true) return false;
    const isGainWaiting = telemetry.words?.[gainChangeDesiredWord] === 1;
    const isWanted = telemetry.ffcDesired === true || telemetry.ffcState === "never" || isGainWaiting;
    // A range that has changed waits for its correction: without one its temperatures are off.
    const isHeld = this.#ffcWish === "wait" && !isGainWaiting && telemetry.ffcState !== "never";
    if (!isWanted || isHeld) return false;
    if (telemetry.ffcState === "in-progress" || nowMs - this.#askedAtMs < correctionGapMs) return false;
    this.#askedAtMs = nowMs;
    return true;
  }

  #correctionIsStuck({ ffcState }: FrameTelemetry, nowMs: number): boolean {
    if (ffcState === "complete") this.#options.troubles.clear("shutter-stuck");
    if (ffcState !== "in-progress") {
      this.#correctingSinceMs = null;
      return false;
    }
    this.#correctingSinceMs ??= nowMs;
    // The picture is frozen while the shutter is closed; that is no fault.
    this.#contentSinceMs = nowMs;
    return nowMs - this.#correctingSinceMs > correctionMaxMs;
  }

  #hasContent(pixels: Uint16Array): boolean {
    const last = this.#lastPixels;
    return last !== null && pixels.every((pixel, i) => pixel === last[i]);
  }

  #contentIsStuck({ pixels }: ThermalFrame, nowMs: number): boolean {
    const last = this.#lastPixels;
    if (this.#hasContent(pixels) && !pixels.every((pixel) => pixel >= severeCentikelvin)) {
      return nowMs - this.#contentSinceMs > sameContentMaxMs;
    }
    // The pixels belong to the listener from now on, so a copy is kept.
    if (last === null) this.#lastPixels = pixels.slice();
    else last.set(pixels);
    this.#contentSinceMs = nowMs;
    this.#options.troubles.clear("picture-frozen");
    return false;
  }
}
