import type { SeedRange } from "./parse-seeds.ts";
import { isFailing, type SeedOutcome } from "./seed-outcome.ts";

/** Adds up what came of the seeds. */
export class SimTotals {
  readonly #wanted: number;
  #seeds = 0;
  #failing = 0;
  #devices = 0;
  #faults = 0;
  #seconds = 0;
  #alarms = 0;
  #delivered = 0;
  #inCrash = 0;

  constructor({ first, last }: SeedRange) {
    this.#wanted = last - first + 1;
  }

  add(outcome: SeedOutcome): void {
    this.#seeds += 1;
    if (isFailing(outcome)) this.#failing += 1;
    if (outcome.kind === "broke") return;
    const { summary } = outcome;
    this.#devices += summary.plan.devices;
    this.#faults += summary.plan.faults.length;
    this.#seconds += summary.simulatedSeconds;
    this.#alarms += summary.alarms;
    this.#delivered += summary.alarmsDelivered;
    this.#inCrash += summary.alarmsLostInCrash;
  }

  /** True when every seed that was asked for was run, and none failed. */
  get passed(): boolean {
    return this.#failing === 0 && this.#seeds === this.#wanted;
  }

  /** How far it is, after so long: how many of how many, failures, and how long the rest will take. */
  progress(tookMs: number): string {
    const left = this.#wanted - this.#seeds;
    const expected = this.#seeds === 0 ? "" : `, about ${duration((tookMs / this.#seeds) * left)} left`;
    return `${this.#seeds} of ${this.#wanted} seeds after ${duration(tookMs)}, ${this.#failing} failed${expected}`;
  }

  /** What it all came to. */
  sentence(tookMs: number): string {
    const hours = (this.#seconds / 3_600).toFixed(1);
    return (
      `${this.#seeds} seeds, ${this.#devices} devices, ${this.#faults} faults, ${hours} simulated hours in ${(tookMs / 1_000).toFixed(0)} s: ` +
      `${this.#alarms} alarm events, ${this.#delivered} at the hub, ${this.#inCrash} gone with a crash before they were on disk. ` +
      (this.#failing === 0 ? "No seed failed." : `${this.#failing} seeds failed.`)
    );
  }
}

/** A time as "40 s", "12 min" or "3 h 05 min". */
function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}
