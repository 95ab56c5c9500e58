import type { Clock } from "#core/time.ts";
import type { GpioLine } from "#sensors/transport/gpio-line.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import type { SensirionBusFault } from "./emulated-sensirion-fault.ts";
import { wordsFromBus, wordsToBus } from "./emulated-sensirion-words.ts";

/** One command of a chip: what the master writes, and what the chip does about it. */
export interface SensirionCommand<Mode extends string> {
  readonly code: number;
  /** Words written after the code; commands of one code may differ in it (get and set). */
  readonly argumentWords: number;
  /** Time the chip is busy with it, in milliseconds. */
  readonly executionMs: number;
  /** Modes in which the chip takes it; in any other it does not acknowledge. */
  readonly modes: readonly Mode[];
  /** The chip does it without acknowledging it (waking up). */
  readonly silent?: boolean;
  /** Done when the execution time has passed; `atMs` is that moment in monotonic milliseconds. */
  readonly act?: (words: readonly number[], atMs: number) => void;
  /** The words to be fetched from then on; null, or no such function, means that fetching is not acknowledged. */
  readonly answer?: (words: readonly number[], atMs: number) => readonly number[] | null;
}

/** Options of `EmulatedSensirionLink`. */
export interface SensirionLinkOptions<Mode extends string> {
  readonly clock: Clock;
  /** The chip's name in messages, with its address. */
  readonly name: string;
  readonly commands: readonly SensirionCommand<Mode>[];
  /** From supply to the first acknowledged command, in milliseconds. */
  readonly bootMs: number;
  readonly mode: () => Mode;
  /** The supply has gone or has come back: volatile memory is as after power-up. */
  readonly onSupply: () => void;
}

interface Execution<Mode extends string> {
  readonly command: SensirionCommand<Mode>;
  readonly words: readonly number[];
  readonly dueMs: number;
}

/** Times are sums of milliseconds with fractions; a due moment is reached when it is missed by less than this. */
const roundingMs = 1e-6;
/** What an idle bus reads: nobody pulls the line down. */
const idleByte = 0xff;

/**
 * What all Sensirion chips have in common on the wire: 16-bit commands, words with checksums, a chip that is deaf
 * while it works and while it boots, an answer that can be fetched once and only when due, and a supply that can go.
 *
 * Nothing here sets a timer: what has fallen due is done at the next exchange, for the moment at which it was due.
 */
export class EmulatedSensirionLink<Mode extends string> {
  readonly #options: SensirionLinkOptions<Mode>;
  readonly #clock: Clock;
  #executing: Execution<Mode> | null = null;
  #answer: readonly number[] | null = null;
  #bootedAtMs = Number.NEGATIVE_INFINITY;
  #fault: SensirionBusFault | null = null;
  #faultTimesLeft = 0;
  #line: "high" | "low" = "high";
  #powered = true;

  constructor(options: SensirionLinkOptions<Mode>) {
    this.#options = options;
    this.#clock = options.clock;
  }

  /** The switch of the chip's supply: low takes it away. */
  get powerLine(): GpioLine {
    return {
      set: async (level) => {
        this.settle();
        this.#line = level;
        this.#switchSupply();
      },
      close: async () => {},
    };
  }

  /** How long it holds the clock line before an exchange, as `I2cSlave` has it. */
  get stretchMs(): number {
    return this.#fault?.kind === "clock-stretch" ? this.#fault.stretchMs : 0;
  }

  /** Puts a fault on the wire, or takes it away. */
  setFault(fault: SensirionBusFault | null): void {
    this.settle();
    this.#fault = fault;
    this.#faultTimesLeft = fault !== null && "times" in fault ? fault.times : 0;
    this.#switchSupply();
  }

  /** Does what has fallen due by now. */
  settle(): void {
    const executing = this.#executing;
    if (executing === null || !this.#reached(executing.dueMs)) return;
    this.#executing = null;
    const { command, words, dueMs } = executing;
    command.act?.(words, dueMs);
    this.#answer = command.answer?.(words, dueMs) ?? null;
  }

  /** One exchange, as `I2cSlave` has it. Throws `TransportFailure`. */
  transfer(write: Uint8Array, readBytes: number): Uint8Array {
    this.settle();
    this.#stumble();
    if (!this.#powered || !this.#reached(this.#bootedAtMs)) this.#refuse("it has no supply or is booting");
    if (this.#executing !== null) this.#refuse("it is busy");
    if (write.length > 0) this.#take(write);
    if (readBytes === 0) return new Uint8Array(0);
    return this.#give(readBytes);
  }

  /** The wall-clock time of a monotonic moment, in whole microseconds. */
  wallMicros(atMs: number): number {
    return this.#clock.nowMicros() - Math.round((this.#clock.monotonicMs() - atMs) * 1_000);
  }

  #take(write: Uint8Array): void {
    this.#answer = null;
    if (write.length < 2) this.#refuse("a command has two bytes");
    const code = (write[0]! << 8) | write[1]!;
    const words = wordsFromBus(write.subarray(2));
    if (words === null) this.#refuse("an argument's checksum is wrong");
    const mode = this.#options.mode();
    const command = this.#options.commands.find(
      (candidate) =>
        candidate.code === code && candidate.argumentWords === words.length && candidate.modes.includes(mode),
    );
    if (command === undefined) this.#refuse(`it has no such command while ${mode}`);
    this.#executing = { command, words, dueMs: this.#clock.monotonicMs() + this.#executionMs(command) };
    this.settle();
    if (command.silent === true) this.#refuse("it never acknowledges this command");
  }

  #executionMs(command: SensirionCommand<Mode>): number {
    const late = this.#fault?.kind === "late-answer" ? this.#fault.extraMs : 0;
    return command.executionMs + late;
  }

  #give(readBytes: number): Uint8Array {
    if (this.#executing !== null) this.#refuse("its answer is not due yet");
    const words = this.#answer;
    this.#answer = null;
    if (words === null) this.#refuse("it has nothing to say");
    const bytes = new Uint8Array(readBytes).fill(idleByte);
    bytes.set(wordsToBus(words).subarray(0, readBytes));
    if (this.#fault?.kind === "wrong-crc" && this.#useFault()) {
      for (let at = 2; at < Math.min(bytes.length, 3 * words.length); at += 3) bytes[at]! ^= 0x5a;
    }
    return bytes;
  }

  #stumble(): void {
    if (this.#fault?.kind === "nack" && this.#useFault()) this.#refuse("it does not acknowledge");
    if (this.#fault?.kind === "bus-stuck" && this.#useFault()) {
      throw new TransportFailure(
        "bus-error",
        `The ${this.#options.name} holds the I2C clock line low: check the wiring.`,
      );
    }
  }

  /** True when the fault applies once more; counts it. */
  #useFault(): boolean {
    if (this.#faultTimesLeft <= 0) return false;
    this.#faultTimesLeft -= 1;
    return true;
  }

  #switchSupply(): void {
    const powered = this.#line === "high" && this.#fault?.kind !== "power-cut";
    if (powered === this.#powered) return;
    this.#powered = powered;
    this.#executing = null;
    this.#answer = null;
    this.#options.onSupply();
    this.#bootedAtMs = this.#clock.monotonicMs() + this.#options.bootMs;
  }

  #reached(ms: number): boolean {
    return this.#clock.monotonicMs() + roundingMs >= ms;
  }

  #refuse(reason: string): never {
    throw new TransportFailure(
      "no-answer",
      `The ${this.#options.name} does not acknowledge (${reason}): check its wiring and supply.`,
    );
  }
}
