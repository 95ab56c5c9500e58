import { machineFault } from "#core/failure.ts";
import type { Random } from "#core/random.ts";
import type { Clock } from "#core/time.ts";

/** Shortest and longest time in which a simulated disk writes, in ms: those of an SD card that is asked to sync. */
const writeMs = { shortest: 1, longest: 30 } as const;

/** How a simulated disk is: it works, takes nothing more, or refuses everything. */
export type DiskHealth = "works" | "full" | "fails";

/** One thing a disk was asked to do, in order. */
export interface DiskOperation {
  /** "write" changes the disk; "read" comes after the writes before it. */
  readonly kind: "write" | "read";
  readonly run: () => void;
  readonly refuse: (error: Error) => void;
}

/** What one process asks of a simulated disk, done in order and in its own time; it may lose its power in between. */
export class SimulatedDiskQueue {
  readonly #clock: Clock;
  readonly #random: Random;
  #operations: DiskOperation[] = [];
  #writing = false;
  #health: DiskHealth = "works";
  #power = 0;

  constructor(options: { readonly clock: Clock; readonly random: Random }) {
    this.#clock = options.clock;
    this.#random = options.random;
  }

  /** From now on it works, takes nothing more, or refuses everything. */
  setHealth(health: DiskHealth): void {
    this.#health = health;
  }

  /** Counts the power cuts: what was opened before one is dead. */
  get power(): number {
    return this.#power;
  }

  /** How many operations wait, the one that is being done among them. */
  get length(): number {
    return this.#operations.length;
  }

  /**
   * The power goes: of what is being written, in order, a part drawn by lot is on the disk and the rest never was; nobody
   * hears of either.
   */
  cutPower(): void {
    const writes = this.#operations.filter(({ kind }) => kind === "write");
    this.#operations = [];
    this.#power += 1;
    this.#writing = false;
    const written = this.#random.integer(writes.length + 1);
    for (const operation of writes.slice(0, written)) if (this.#health === "works") operation.run();
  }

  /** Takes an operation in its turn; one of a process that lost its power is never done. */
  do(operation: DiskOperation, power: number): void {
    if (power !== this.#power) return;
    this.#operations.push(operation);
    this.#work();
  }

  #work(): void {
    const operation = this.#operations[0];
    if (this.#writing || operation === undefined) return;
    this.#writing = true;
    const power = this.#power;
    this.#clock.after(this.#random.between(writeMs.shortest, writeMs.longest), () => {
      if (power !== this.#power) return;
      this.#writing = false;
      this.#operations.shift();
      this.#settle(operation);
      this.#work();
    });
  }

  #settle({ kind, run, refuse }: DiskOperation): void {
    if (this.#health === "fails") refuse(machineFault("event-log-failed", "The simulated disk fails."));
    else if (this.#health === "full" && kind === "write")
      refuse(machineFault("event-log-full", "The simulated disk is full."));
    else run();
  }
}
