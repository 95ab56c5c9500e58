import { assert, Failure } from "#core/failure.ts";
import type { I2cBus } from "../transport/i2c-bus.ts";
import { TransportFailure } from "../transport/transport-failure.ts";
import type { SensirionCommand } from "./command.ts";
import type { Pauses } from "./pauses.ts";
import { decodeWords, encodeCommand, wordBytes } from "./words.ts";

/**
 * How often a reply is fetched before the chip counts as not answering, and how long between: a chip that is late
 * with a reply refuses to be read.
 */
const fetchAttemptsMax = 3;
const fetchAgainMs = 10;

/** What the chip does, as far as we know. Only "idle" and "measuring" are known from commands it acknowledged. */
export type ChipMode = "unknown" | "idle" | "measuring";

/** What has happened on the wire since the start. */
export interface ChipCounters {
  /** Commands sent. */
  readonly commands: number;
  /** Commands or replies that the chip did not acknowledge. */
  readonly unanswered: number;
  /** Other failures of the bus. */
  readonly busErrors: number;
  /** Words whose checksum was wrong; their whole reply was thrown away. */
  readonly wrongWords: number;
}

/** A reply with a wrong checksum: nothing of it is believed. */
export class ChecksumFailure extends Failure {
  constructor(message: string) {
    super("machine", "checksum", message);
    this.name = "ChecksumFailure";
  }
}

/** What a SensirionChip needs. */
export interface SensirionChipOptions {
  readonly i2c: I2cBus;
  readonly address: number;
  /** Name for people, for example "SCD41". */
  readonly name: string;
  readonly pauses: Pauses;
  /**
   * Told after each command how it went. Of a wake-up call, which no chip acknowledges, only a failure of the bus itself
   * is told. `busFailure` is the bus's own sentence when not the chip but the bus failed, else null.
   */
  readonly onOutcome: (
    outcome: "answered" | "unanswered" | "wrong-checksum",
    busFailure: string | null,
  ) => void;
}

/**
 * Sends commands to one Sensirion chip by its command table and nothing else: it refuses what the chip would ignore,
 * waits the execution time, reads the reply in a transaction of its own (as the data sheets ask) and believes no reply
 * with a wrong checksum. One command at a time: its owner awaits each.
 */
export class SensirionChip {
  readonly #options: SensirionChipOptions;
  #mode: ChipMode = "unknown";
  #busy = false;
  #counters: ChipCounters = { commands: 0, unanswered: 0, busErrors: 0, wrongWords: 0 };

  constructor(options: SensirionChipOptions) {
    this.#options = options;
  }

  /** What the chip does, as far as we know. */
  get mode(): ChipMode {
    return this.#mode;
  }

  /** What has happened on the wire. */
  get counters(): ChipCounters {
    return this.#counters;
  }

  /** Forgets what the chip does: it may have lost its supply, or somebody else may have used it. */
  forgetMode(): void {
    this.#mode = "unknown";
  }

  /**
   * Sends a command; the reply's words. Throws `TransportFailure`, `ChecksumFailure`, and `Stopped` when the owner
   * stops meanwhile.
   */
  async send(command: SensirionCommand, argumentWords: readonly number[] = []): Promise<readonly number[]> {
    this.#check(command, argumentWords);
    this.#busy = true;
    try {
      await this.#write(command, argumentWords);
      await this.#options.pauses.wait(command.executionMs);
      if (command.replyWords === 0) {
        this.#tell(command, "answered");
        return [];
      }
      return this.#believe(command, await this.#fetch(command));
    } finally {
      this.#busy = false;
    }
  }

  /** Sends a command without waiting for it and whatever the chip says: a last word before leaving. */
  async sendLast(command: SensirionCommand): Promise<void> {
    await this.#transfer({ write: encodeCommand(command.code, []), readBytes: 0 });
    this.#mode = "unknown";
  }

  #check(command: SensirionCommand, argumentWords: readonly number[]): void {
    assert(!this.#busy, `${command.name} waits for the command before it`);
    assert(
      argumentWords.length === command.argumentWords,
      `${command.name} takes ${command.argumentWords} words`,
    );
    assert(
      command.allowed === "always" || this.#mode === "idle",
      `${command.name} is sent only while the ${this.#options.name} is idle, and it is ${this.#mode}`,
    );
  }

  async #write(command: SensirionCommand, argumentWords: readonly number[]): Promise<void> {
    this.#counters = { ...this.#counters, commands: this.#counters.commands + 1 };
    try {
      await this.#transfer({ write: encodeCommand(command.code, argumentWords), readBytes: 0 });
    } catch (error) {
      const isSilent = error instanceof TransportFailure && error.code === "no-answer";
      if (command.acknowledge === "expected" || !isSilent) throw this.#failed(error);
    }
    if (command.effect === "starts") this.#mode = "measuring";
    if (command.effect === "stops") this.#mode = "idle";
  }

  async #fetch(command: SensirionCommand): Promise<Uint8Array> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#transfer({
          write: new Uint8Array(0),
          readBytes: wordBytes * command.replyWords,
        });
      } catch (error) {
        const isLate = error instanceof TransportFailure && error.code === "no-answer";
        if (!isLate || attempt >= fetchAttemptsMax) throw this.#failed(error);
        await this.#options.pauses.wait(fetchAgainMs);
      }
    }
  }

  #believe(command: SensirionCommand, bytes: Uint8Array): readonly number[] {
    const { words, wrong } = decodeWords(bytes, command.replyWords);
    const right = words.filter((word) => word !== null);
    if (wrong.length === 0) {
      this.#tell(command, "answered");
      return right;
    }
    this.#counters = { ...this.#counters, wrongWords: this.#counters.wrongWords + wrong.length };
    this.#tell(command, "wrong-checksum");
    throw new ChecksumFailure(
      `The ${this.#options.name} answered ${command.name} with a wrong checksum: check its wiring, shorten its cable.`,
    );
  }

  #failed(error: unknown): unknown {
    if (!(error instanceof TransportFailure)) return error;
    const { unanswered, busErrors } = this.#counters;
    this.#counters =
      error.code === "no-answer"
        ? { ...this.#counters, unanswered: unanswered + 1 }
        : { ...this.#counters, busErrors: busErrors + 1 };
    // A wake-up call comes here only when the bus fails: that it stays unacknowledged is no failure.
    this.#options.onOutcome("unanswered", error.code === "no-answer" ? null : error.message);
    return error;
  }

  #tell(command: SensirionCommand, outcome: "answered" | "wrong-checksum"): void {
    if (command.acknowledge === "expected") this.#options.onOutcome(outcome, null);
  }

  async #transfer(exchange: { readonly write: Uint8Array; readonly readBytes: number }): Promise<Uint8Array> {
    const { i2c, address } = this.#options;
    return i2c.transfer({ address, ...exchange });
  }
}
