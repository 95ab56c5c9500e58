import type { FfcWish } from "#core/alarm/ffc-hold.ts";
import { assert, Failure, machineFault } from "#core/failure.ts";
import type { Cancel, Clock } from "#core/time.ts";
import type { ThermalCamera, ThermalCameraListener } from "../thermal-camera.ts";
import type { CaptureSource } from "../transport/capture-source.ts";
import type { GpioLine } from "../transport/gpio-line.ts";
import type { I2cBus } from "../transport/i2c-bus.ts";
import { InlineCapture } from "../transport/inline-capture.ts";
import type { SpiLink } from "../transport/spi-link.ts";
import type { TransportFailure } from "../transport/transport-failure.ts";
import { asCaptureMessage, type CaptureMessage, type CaptureOrder } from "./capture-messages.ts";
import { Cci } from "./cci.ts";
import { cciCommands } from "./cci-commands.ts";
import { makeLeptonCaptureReader } from "./lepton-capture-reader.ts";
import { type ConfigurationResult, setFfcMode } from "./lepton-configuration.ts";
import { type LeptonCounters, zeroCameraCounters } from "./lepton-counters.ts";
import type { LeptonModule } from "./lepton-module.ts";
import { LeptonRecovery } from "./lepton-recovery.ts";
import type { LeptonSettings } from "./lepton-settings.ts";
import { type LeptonTroubleCode, LeptonTroubles, leptonTroubleTexts } from "./lepton-troubles.ts";
import { PictureWatch } from "./picture-watch.ts";
import { StoppableWait } from "./stoppable-wait.ts";
import { type VospiCounters, zeroVospiCounters } from "./vospi-counters.ts";

/** After the camera has been set up, its first picture comes within this time. */
export const firstFrameMaxMs = 1_500;

/** Without any message from the reader for this long, it is taken to be dead. */
export const readerSilenceMaxMs = 4_500;

/** How often the reader is looked after. */
const watchPeriodMs = 500;

/** While pictures come nothing else needs the control interface; it is asked this often whether it still works. */
export const controlCheckMs = 60_000;

/** A camera that switched itself off because it was too hot is left alone this long. */
export const coolDownMs = 60_000;

/** Where the video comes from: an emulated link, read in this thread, or a capture that reads in a thread of its own. */
export type LeptonVideo = { readonly spi: SpiLink } | { readonly capture: CaptureSource };

/** What a camera works with. Buses and lines stay the caller's, who closes them after `stop`. */
export type LeptonCameraOptions = LeptonVideo & {
  readonly i2c: I2cBus;
  /** The line that switches the camera's supply, high = on; null without one. */
  readonly power: GpioLine | null;
  readonly clock: Clock;
  readonly settings: LeptonSettings;
};

/**
 * A FLIR Lepton 3.x: sets it up over I2C, gives its pictures on, and brings it back when something goes wrong. A camera
 * that does not answer at the start, and a bus that is not there, are tried for as long as it takes.
 */
export class LeptonCamera implements ThermalCamera {
  readonly #options: LeptonCameraOptions;
  readonly #capture: CaptureSource;
  readonly #wait: StoppableWait;
  readonly #cci: Cci;
  readonly #recovery: LeptonRecovery;
  readonly #troubles: LeptonTroubles;
  readonly #watch: PictureWatch;
  readonly #counters = zeroCameraCounters();
  #videoCounters: VospiCounters = zeroVospiCounters();
  #listener: ThermalCameraListener | null = null;
  #cancelWatch: Cancel | null = null;
  #cancelControlCheck: Cancel | null = null;
  #isRecovering = false;
  #isLinkDown = false;
  #hasCooled = false;
  #heardAtMs = 0;
  #module: LeptonModule | null = null;
  #ffcWish: FfcWish = "automatic";
  /** What the camera was told last; null where that did not succeed. */
  #appliedFfcWish: FfcWish | null = "automatic";
  #isApplyingWish = false;

  constructor(options: LeptonCameraOptions) {
    const { i2c, clock, settings, power } = options;
    this.#options = options;
    this.#capture = "capture" in options ? options.capture : inlineCapture(options.spi, clock);
    this.#wait = new StoppableWait(clock);
    this.#cci = new Cci({ i2c, clock, wait: this.#wait });
    this.#troubles = new LeptonTroubles(() => this.#listener, leptonTroubleTexts);
    this.#watch = new PictureWatch({ settings, counters: this.#counters, troubles: this.#troubles });
    this.#recovery = new LeptonRecovery({
      cci: this.#cci,
      power,
      settings,
      counters: this.#counters,
      wait: this.#wait,
      onFailure: (failure) => this.#troubles.raise("control-failed", failure.message),
    });
  }

  /** What has been counted since the start. */
  get counters(): LeptonCounters {
    return {
      video: { ...this.#videoCounters },
      control: { ...this.#cci.counters },
      camera: { ...this.#counters },
      droppedMessages: this.#capture.droppedMessages,
    };
  }

  /** Codes of the troubles that stand. */
  get troubles(): readonly LeptonTroubleCode[] {
    return this.#troubles.standing;
  }

  /** What the camera says it is; null until it has said so. */
  get module(): LeptonModule | null {
    return this.#module;
  }

  /** Opens the video and begins to set the camera up; what is not there is trouble, and tried again. */
  async start(listener: ThermalCameraListener): Promise<void> {
    assert(this.#listener === null, "a camera is started once");
    this.#listener = listener;
    await this.#capture.start({
      onMessage: (message) => this.#take(asCaptureMessage(message)),
      onFailure: (failure) => this.#linkFailed(failure),
      onLinkReopened: () => this.#linkReopened(),
    });
    const { clock } = this.#options;
    this.#cancelWatch = clock.every(watchPeriodMs, () => this.#lookAfterReader());
    this.#cancelControlCheck = clock.every(controlCheckMs, () => void this.#lookAfterControl());
    void this.#recover();
  }

  holdCorrections(wish: FfcWish): void {
    this.#ffcWish = wish;
    this.#watch.holdCorrections(wish);
    void this.#applyFfcWish();
  }

  async stop(): Promise<void> {
    this.#wait.stop();
    this.#cancelWatch?.();
    this.#cancelWatch = null;
    this.#cancelControlCheck?.();
    this.#cancelControlCheck = null;
    this.#listener = null;
    await this.#capture.stop();
  }

  /** See `ThermalCamera`. Throws `Failure` "lepton-recovering" while the camera is being brought back. */
  async runFfc(): Promise<void> {
    if (this.#isRecovering) {
      throw machineFault(
        "lepton-recovering",
        "The thermal camera is being set up, which ends with a correction: wait a few seconds.",
      );
    }
    this.#counters.correctionsAsked += 1;
    await this.#cci.run(cciCommands.runFfc);
  }

  #take(message: CaptureMessage): void {
    this.#videoCounters = message.counters;
    this.#heardAtMs = this.#options.clock.monotonicMs();
    this.#troubles.clear("link-failed");
    if (this.#isRecovering || this.#listener === null) return;
    if (message.kind === "sync-lost") {
      this.#troubles.raise("video-lost");
      void this.#recover();
      return;
    }
    const { pixels, telemetryWords, arrivedAtMicros } = message;
    assert(telemetryWords !== null, "the camera is set to send telemetry");
    this.#takePicture({ pixels, telemetryWords, arrivedAtMicros });
  }

  #takePicture(picture: Parameters<PictureWatch["take"]>[0]): void {
    const { frame, repeated, demand } = this.#watch.take(picture, this.#heardAtMs);
    if (!this.#troubles.has("over-temperature")) this.#hasCooled = false;
    if (demand === "restart") {
      this.#recovery.skipConfiguring();
    } else if (frame !== null) {
      this.#troubles.clear("video-lost");
      if (!this.#troubles.has("shutter-stuck") && !this.#troubles.has("picture-frozen")) {
        this.#recovery.succeeded();
      }
    }
    if (demand === "restart" || demand === "configure") void this.#recover();
    if (demand === "correct") void this.#correct();
    if (repeated !== null) this.#listener?.onFrame(repeated);
    if (frame === null) return;
    this.#counters.delivered += 1;
    this.#listener?.onFrame(frame);
  }

  /** A reader that says nothing at all is brought to its senses, too. */
  #lookAfterReader(): void {
    if (this.#isRecovering || this.#isLinkDown) return;
    if (this.#options.clock.monotonicMs() - this.#heardAtMs < readerSilenceMaxMs) return;
    this.#troubles.raise("video-lost");
    void this.#recover();
  }

  #linkFailed(failure: TransportFailure): void {
    this.#counters.linkFailures += 1;
    this.#isLinkDown = true;
    this.#troubles.raise("link-failed", failure.message);
  }

  #linkReopened(): void {
    // That it works is known when something comes over it.
    this.#isLinkDown = false;
    this.#heardAtMs = this.#options.clock.monotonicMs();
    // Its reader may be a new one, which begins paused.
    if (!this.#isRecovering) this.#order({ kind: "resume", frameWithinMs: firstFrameMaxMs });
  }

  async #recover(): Promise<void> {
    if (this.#isRecovering) return;
    this.#isRecovering = true;
    this.#order({ kind: "pause" });
    try {
      await this.#letCool();
      const result = await this.#recovery.run();
      this.#troubles.clear("control-failed");
      this.#begin(result);
      if (result.needsCorrection) await this.#correct();
      this.#order({ kind: "resume", frameWithinMs: firstFrameMaxMs });
    } catch (error) {
      if (!this.#wait.isStopped) throw error;
    } finally {
      this.#isRecovering = false;
      this.#heardAtMs = this.#options.clock.monotonicMs();
    }
    // Setting the camera up has made its corrections automatic.
    this.#appliedFfcWish = "automatic";
    await this.#applyFfcWish();
  }

  /** Waits once after the camera said that it switches itself off for heat; then only a restart helps. */
  async #letCool(): Promise<void> {
    if (!this.#troubles.has("over-temperature") || this.#hasCooled) return;
    this.#hasCooled = true;
    await this.#wait.ms(coolDownMs);
    this.#recovery.skipConfiguring();
  }

  #begin({ module }: ConfigurationResult): void {
    this.#module = module;
    this.#watch.begin({
      atMs: this.#options.clock.monotonicMs(),
      isRadiometric: module.radiometric,
    });
    if (module.radiometric) this.#troubles.clear("not-radiometric");
    else this.#troubles.raise("not-radiometric", `it is a ${module.model}, part ${module.partNumber}`);
  }

  /** Corrections that the driver starts are held by the driver; those of the camera by its mode. */
  async #applyFfcWish(): Promise<void> {
    const { ffcMode } = this.#options.settings;
    if (ffcMode !== "auto" || this.#isApplyingWish || this.#isRecovering || this.#listener === null) return;
    this.#isApplyingWish = true;
    try {
      while (this.#ffcWish !== this.#appliedFfcWish) {
        const wish = this.#ffcWish;
        await setFfcMode(this.#cci, wish === "wait" ? "manual" : "auto");
        this.#appliedFfcWish = wish;
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // Tried again with the next wish, and at the next look at the control line.
      this.#appliedFfcWish = null;
      if (!this.#wait.isStopped && !this.#isRecovering) this.#troubles.raise("control-failed", error.message);
    } finally {
      this.#isApplyingWish = false;
    }
  }

  async #correct(): Promise<void> {
    this.#counters.correctionsAsked += 1;
    try {
      await this.#cci.run(cciCommands.runFfc);
      this.#troubles.clear("control-failed");
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (!this.#wait.isStopped) this.#troubles.raise("control-failed", error.message);
    }
  }

  /** A control line that dies while pictures come would be noticed only when it is needed. */
  async #lookAfterControl(): Promise<void> {
    if (this.#isRecovering) return;
    try {
      await this.#cci.get(cciCommands.uptimeMs);
      this.#troubles.clear("control-failed");
      // A camera that was restarted behind our back corrects itself again.
      if (this.#ffcWish === "wait") this.#appliedFfcWish = null;
      await this.#applyFfcWish();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // A recovery that has begun meanwhile restarts the camera, and tells by itself what it does not obey.
      if (!this.#wait.isStopped && !this.#isRecovering) this.#troubles.raise("control-failed", error.message);
    }
  }

  #order(order: CaptureOrder): void {
    this.#capture.send(order);
  }
}

/** The link stays the caller's: it is opened when it comes and closed when he closes it. */
function inlineCapture(spi: SpiLink, clock: Clock): CaptureSource {
  return new InlineCapture({
    clock,
    openLink: () => ({ read: (into) => spi.read(into), close: () => {} }),
    makeReader: makeLeptonCaptureReader,
    settings: { telemetryPlace: "footer" },
  });
}
