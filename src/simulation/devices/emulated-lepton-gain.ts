import type { GainMode } from "#core/frames/frame-telemetry.ts";

/** What the gain control may do and has to know. */
export interface GainControlOptions {
  /** What the host has set. */
  readonly mode: () => GainMode | "automatic";
  /** Whether the module makes its flat-field corrections itself. */
  readonly isFfcAutomatic: () => boolean;
  /** Starts a correction. */
  readonly runFfc: () => void;
}

/**
 * High and low gain. A change of gain needs a flat-field correction: the module makes it itself when corrections are
 * automatic, and the new gain shows from the first picture after it. With manual corrections, automatic gain asks for
 * one (gain mode desired) and changes with it; a change that the host orders comes at once, uncorrected.
 */
export class EmulatedLeptonGain {
  readonly #options: GainControlOptions;
  #effective: GainMode = "high";
  #wanted: GainMode = "high";
  #isUncorrected = false;

  constructor(options: GainControlOptions) {
    this.#options = options;
  }

  /** The gain of the pictures now. */
  get effective(): GainMode {
    return this.#effective;
  }

  /** The gain has changed and no correction has been made since. */
  get isUncorrected(): boolean {
    return this.#isUncorrected;
  }

  /** Automatic gain waits for a correction to change. */
  get isSwitchDesired(): boolean {
    return this.#options.mode() === "automatic" && this.#wanted !== this.#effective;
  }

  /** After power-on. */
  reset(): void {
    this.#effective = "high";
    this.#wanted = "high";
    this.#isUncorrected = false;
  }

  /** The host has set the gain mode. */
  onMode(): void {
    const mode = this.#options.mode();
    this.#wanted = mode === "automatic" ? this.#effective : mode;
    if (this.#wanted === this.#effective) return;
    if (this.#options.isFfcAutomatic()) {
      this.#options.runFfc();
      return;
    }
    this.#effective = this.#wanted;
    this.#isUncorrected = true;
  }

  /** A picture has been taken; `suitable` says which gain would be right for it. */
  onPicture(suitable: () => GainMode): void {
    if (this.#options.mode() !== "automatic") return;
    this.#wanted = suitable();
    if (this.isSwitchDesired && this.#options.isFfcAutomatic()) this.#options.runFfc();
  }

  /** A correction has ended. */
  onCorrected(): void {
    this.#effective = this.#wanted;
    this.#isUncorrected = false;
  }
}
