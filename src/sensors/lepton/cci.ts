import { assert, Failure, machineFault } from "#core/failure.ts";
import type { Clock } from "#core/time.ts";
import type { I2cBus } from "../transport/i2c-bus.ts";
import { TransportFailure } from "../transport/transport-failure.ts";
import type { CciAccess, CciCommand } from "./cci-commands.ts";
import { describeResult, resultOfStatus } from "./cci-result.ts";
import type { StoppableWait } from "./stoppable-wait.ts";

/** The camera's 7-bit address on the I2C bus. */
export const cciAddress = 0x2a;

/** Registers (Lepton Software Interface Description 110-0144-03); each has 16 bits. */
const register = { status: 0x0002, command: 0x0004, dataLength: 0x0006, data: 0x0008 } as const;

const statusBusy = 0b001;
const statusBooted = 0b100;

/** The status is asked for this often while the camera is busy. */
const statusPeriodMs = 5;

/** Most commands that may wait for the one under way; each waits for its answer, so more is a program's error. */
const waitingCommandsMax = 16;

/** A command that failed in a way that may pass is sent this often altogether. */
export const cciTriesMax = 3;

/** Time between two tries. */
const retryDelayMs = 30;

const accessBits: Readonly<Record<CciAccess, number>> = { get: 0, set: 1, run: 2 };
const accessWords: Readonly<Record<CciAccess, string>> = { get: "read", set: "set", run: "run" };

/** What went over the control interface since the start. */
export interface CciCounters {
  /** Commands carried out. */
  commands: number;
  /** Commands sent again after a failure that may pass. */
  retries: number;
  /** Commands given up. */
  failures: number;
}

interface Job {
  readonly command: CciCommand;
  readonly access: CciAccess;
  /** Words to write; empty unless it is a SET. */
  readonly words: Uint16Array;
}

/** What the control interface works with. */
export interface CciOptions {
  readonly i2c: I2cBus;
  readonly clock: Clock;
  /** How it waits; commands fail with "lepton-stopped" when it stops. */
  readonly wait: StoppableWait;
}

/**
 * The Lepton's command and control interface over I2C: write the data, their length and the command, wait until the
 * camera is not busy, look at the result, read the data. Commands are done one after the other. Failures are `Failure`s
 * that name the command; their codes are those of `cci-result.ts`, `lepton-busy`, `lepton-not-booted`, or a
 * `TransportCode`.
 */
export class Cci {
  readonly counters: CciCounters = { commands: 0, retries: 0, failures: 0 };
  readonly #i2c: I2cBus;
  readonly #clock: Clock;
  readonly #wait: StoppableWait;
  #queue: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor({ i2c, clock, wait }: CciOptions) {
    this.#i2c = i2c;
    this.#clock = clock;
    this.#wait = wait;
  }

  /** Reads an attribute: its words as the camera gives them, the less significant one first. */
  async get(command: CciCommand): Promise<Uint16Array> {
    return this.#enqueue({ command, access: "get", words: new Uint16Array(0) });
  }

  /** Reads an attribute of two words as one number. */
  async getLong(command: CciCommand): Promise<number> {
    assert(command.words === 2, `${command.name} has two words`);
    const words = await this.get(command);
    return words[0]! + words[1]! * 65_536;
  }

  /** Sets an attribute. */
  async set(command: CciCommand, words: Uint16Array): Promise<void> {
    assert(words.length === command.words, `${command.name} has ${command.words} words`);
    await this.#enqueue({ command, access: "set", words });
  }

  /** Sets an attribute of two words to a whole number below 65,536. */
  async setLong(command: CciCommand, value: number): Promise<void> {
    await this.set(command, Uint16Array.of(value, 0));
  }

  /** Runs a command. */
  async run(command: CciCommand): Promise<void> {
    await this.#enqueue({ command, access: "run", words: new Uint16Array(0) });
  }

  /** Sends a command whose end the camera does not tell, because it boots instead. */
  async runWithoutAnswer(command: CciCommand): Promise<void> {
    await this.#write(register.dataLength, [0]);
    await this.#write(register.command, [command.code | accessBits.run]);
  }

  /** Waits until the camera has booted and is not busy. Throws `Failure` after `withinMs`. */
  async waitUntilBooted({ withinMs }: { readonly withinMs: number }): Promise<void> {
    const deadlineMs = this.#clock.monotonicMs() + withinMs;
    for (;;) {
      const status = await this.#statusOrNothing();
      if (typeof status === "number" && (status & statusBooted) !== 0 && (status & statusBusy) === 0) return;
      if (this.#clock.monotonicMs() >= deadlineMs) {
        if (status instanceof TransportFailure) throw status;
        throw machineFault(
          "lepton-not-booted",
          "The thermal camera does not finish booting: check its supply.",
        );
      }
      await this.#wait.ms(retryDelayMs);
    }
  }

  async #enqueue(job: Job): Promise<Uint16Array> {
    assert(job.command.access.includes(job.access), `${job.command.name} can be ${accessWords[job.access]}`);
    assert(this.#waiting < waitingCommandsMax, "commands are awaited");
    this.#waiting += 1;
    const done = this.#queue.then(async () => this.#tryOften(job));
    // The next command waits for the end of this one, however it ends; its failure goes to its own caller.
    this.#queue = done.catch(() => undefined);
    try {
      return await done;
    } finally {
      this.#waiting -= 1;
    }
  }

  async #tryOften(job: Job): Promise<Uint16Array> {
    for (let tries = 1; ; tries += 1) {
      try {
        const words = await this.#execute(job);
        this.counters.commands += 1;
        return words;
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        if (tries >= cciTriesMax || !mayPass(error)) {
          this.counters.failures += 1;
          throw error;
        }
        this.counters.retries += 1;
        await this.#wait.ms(retryDelayMs);
      }
    }
  }

  async #execute(job: Job): Promise<Uint16Array> {
    const { command, access, words } = job;
    await this.#idleStatus(job);
    if (words.length > 0) await this.#write(register.data, words);
    await this.#write(register.dataLength, [command.words]);
    await this.#write(register.command, [command.code | accessBits[access]]);
    const result = resultOfStatus(await this.#idleStatus(job));
    if (result !== 0) throw commandFailure(job, result);
    return access === "get" ? this.#read(register.data, command.words) : new Uint16Array(0);
  }

  /** The status once the camera is not busy. */
  async #idleStatus(job: Job): Promise<number> {
    const deadlineMs = this.#clock.monotonicMs() + job.command.busyMaxMs;
    for (;;) {
      const [status = 0] = await this.#read(register.status, 1);
      const isBooted = (status & statusBooted) !== 0;
      if (isBooted && (status & statusBusy) === 0) return status;
      if (this.#clock.monotonicMs() >= deadlineMs) throw busyFailure(job, isBooted);
      await this.#wait.ms(statusPeriodMs);
    }
  }

  async #statusOrNothing(): Promise<number | TransportFailure> {
    try {
      return (await this.#read(register.status, 1))[0]!;
    } catch (error) {
      if (!(error instanceof TransportFailure) || error.code !== "no-answer") throw error;
      return error;
    }
  }

  async #read(at: number, words: number): Promise<Uint16Array> {
    const bytes = await this.#i2c.transfer({
      address: cciAddress,
      write: Uint8Array.of(at >> 8, at & 0xff),
      readBytes: 2 * words,
    });
    if (bytes.length !== 2 * words) {
      throw new TransportFailure(
        "bus-error",
        "The thermal camera's answer on I2C is cut short: check the wiring.",
      );
    }
    const read = new Uint16Array(words);
    for (let i = 0; i < words; i += 1) read[i] = (bytes[2 * i]! << 8) | bytes[2 * i + 1]!;
    return read;
  }

  async #write(at: number, words: ArrayLike<number>): Promise<void> {
    const bytes = new Uint8Array(2 + 2 * words.length);
    bytes[0] = at >> 8;
    bytes[1] = at & 0xff;
    for (let i = 0; i < words.length; i += 1) {
      bytes[2 + 2 * i] = words[i]! >> 8;
      bytes[3 + 2 * i] = words[i]! & 0xff;
    }
    await this.#i2c.transfer({ address: cciAddress, write: bytes, readBytes: 0 });
  }
}

/** Codes that mean that the bus or its device node is out of reach: asking again at once is no use. */
const standingCodes: ReadonlySet<string> = new Set(["device-missing", "permission-denied", "gone"]);

function mayPass(failure: Failure): boolean {
  if (failure instanceof CommandFailure) return failure.mayRetry;
  return failure instanceof TransportFailure && !standingCodes.has(failure.code);
}

class CommandFailure extends Failure {
  readonly mayRetry: boolean;

  constructor(job: Job, result: number) {
    const { code, meaning, mayRetry } = describeResult(result);
    const what = `${accessWords[job.access]} "${job.command.name}" (0x${hex(job)})`;
    const remedy = "Check that it is a Lepton 3.5 and restart it if this goes on.";
    super("machine", code, `The thermal camera answers ${meaning} when told to ${what}. ${remedy}`);
    this.name = "CommandFailure";
    this.mayRetry = mayRetry;
  }
}

function commandFailure(job: Job, result: number): Failure {
  return new CommandFailure(job, result);
}

function busyFailure(job: Job, isBooted: boolean): Failure {
  const { name, busyMaxMs } = job.command;
  const what = `${accessWords[job.access]} "${name}" (0x${hex(job)})`;
  return isBooted
    ? machineFault(
        "lepton-busy",
        `The thermal camera is still busy after ${busyMaxMs} ms when told to ${what}: it is restarted if this goes on.`,
      )
    : machineFault(
        "lepton-not-booted",
        `The thermal camera has not booted, so it could not be told to ${what}: check its supply.`,
      );
}

function hex({ command, access }: Job): string {
  return (command.code | accessBits[access]).toString(16).toUpperCase().padStart(4, "0");
}
