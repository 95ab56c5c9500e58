import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Cancel, Clock } from "#core/time.ts";
import type { AlarmTone } from "./model/alarm-tone.ts";

/** What the page's loudspeaker can do: browsers let a page sound only after somebody has touched it. */
export type SoundStatus = "blocked" | "ready" | "off" | "unavailable";

/** What `AlarmSound` works with. */
export interface AlarmSoundOptions {
  readonly clock: Clock;
  readonly tone: ReadonlySignal<AlarmTone>;
  /** What the person at this page chose; read as a signal. */
  readonly wanted: () => "on" | "off";
}

interface Beep {
  readonly hertz: number;
  readonly startSeconds: number;
  readonly seconds: number;
}

const periodMs = 1_000;
const volume = 0.25;
/** A rising pair for FIRE, one lower note for PREALARM: told apart without looking. */
const beeps: Readonly<Record<Exclude<AlarmTone, "none">, readonly Beep[]>> = {
  fire: [
    { hertz: 880, startSeconds: 0, seconds: 0.3 },
    { hertz: 1_320, startSeconds: 0.35, seconds: 0.45 },
  ],
  prealarm: [{ hertz: 520, startSeconds: 0, seconds: 0.25 }],
};

/** Beeps for as long as an alarm sounds. */
export class AlarmSound {
  readonly status: Signal<SoundStatus> = signal<SoundStatus>("blocked");
  readonly #options: AlarmSoundOptions;
  #context: AudioContext | null = null;
  #stopBeeping: Cancel | null = null;
  #stopFollowing: Cancel | null = null;

  constructor(options: AlarmSoundOptions) {
    this.#options = options;
  }

  /** Follows the alarm, and waits for the first touch or key that allows sound. */
  start(): void {
    if (typeof AudioContext === "undefined") this.status.value = "unavailable";
    document.addEventListener("pointerdown", this.#onGesture);
    document.addEventListener("keydown", this.#onGesture);
    this.#stopFollowing = effect(() => this.#follow());
  }

  /** Falls silent and lets the loudspeaker go. */
  stop(): void {
    document.removeEventListener("pointerdown", this.#onGesture);
    document.removeEventListener("keydown", this.#onGesture);
    this.#stopFollowing?.();
    this.#stopBeeping?.();
    void this.#context?.close();
  }

  #onGesture = (event: Event): void => {
    // The switch decides for itself: unlocked a moment before it is clicked, it would turn the sound off again.
    if (event.target instanceof Element && event.target.closest("[data-sound-switch]") !== null) return;
    this.unlock();
  };

  /** Asks the browser to let this page sound; it agrees only within a touch or a key. */
  unlock(): void {
    if (this.status.peek() === "unavailable") return;
    this.#context ??= new AudioContext();
    const context = this.#context;
    context.onstatechange = () => this.#updateStatus();
    // A refusal leaves the status "blocked", which the page shows.
    context.resume().then(
      () => this.#updateStatus(),
      () => this.#updateStatus(),
    );
  }

  #updateStatus(): void {
    if (this.status.peek() === "unavailable") return;
    const running = this.#context?.state === "running";
    this.status.value = this.#options.wanted() === "off" ? "off" : running ? "ready" : "blocked";
  }

  #follow(): void {
    const tone = this.#options.tone.value;
    const wanted = this.#options.wanted();
    this.#updateStatus();
    const ready = this.status.value === "ready";
    this.#stopBeeping?.();
    this.#stopBeeping = null;
    if (tone === "none" || wanted === "off" || !ready) return;
    this.#beep(tone);
    this.#stopBeeping = this.#options.clock.every(periodMs, () => this.#beep(tone));
  }

  #beep(tone: Exclude<AlarmTone, "none">): void {
    const context = this.#context;
    if (context === null) return;
    for (const beep of beeps[tone]) {
      const oscillator = context.createOscillator();
      const gain = context.createGain();
      const from = context.currentTime + beep.startSeconds;
      oscillator.frequency.value = beep.hertz;
      // Soft ends: a hard switch clicks.
      gain.gain.setValueAtTime(0, from);
      gain.gain.linearRampToValueAtTime(volume, from + 0.02);
      gain.gain.setValueAtTime(volume, from + beep.seconds - 0.03);
      gain.gain.linearRampToValueAtTime(0, from + beep.seconds);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(from);
      oscillator.stop(from + beep.seconds);
    }
  }
}
