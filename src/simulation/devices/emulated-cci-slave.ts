import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import type { I2cSlave } from "./emulated-i2c-bus.ts";
import type { LeptonFaults } from "./emulated-lepton-fault.ts";
import { crc16 } from "./emulated-vospi-packet.ts";

/** The Lepton's 7-bit address. */
export const leptonCciAddress = 0x2a;

/** Results of a command (Lepton software interface description), as they stand in the status register's upper byte. */
export const cciResult = {
  ok: 0,
  error: -1,
  rangeError: -3,
  dataSizeError: -6,
  undefinedFunction: -7,
  notSupported: -8,
  dataOutOfRange: -9,
  notAllowed: -11,
} as const;

const register = {
  power: 0x0000,
  status: 0x0002,
  command: 0x0004,
  length: 0x0006,
  data: 0x0008,
  crc: 0x0028,
};
const dataRegisters = 16;
const blockBuffer = { start: 0xf800, words: 512 };
const statusBit = { busy: 1, normalBoot: 2, booted: 4 } as const;
/** Words that a register number can name. */
const registerWords = 0x8000;

/** What a command came to. */
export interface CciAnswer {
  /** 0, or a negative result code. */
  readonly result: number;
  /** Words to put into the data registers; null when there are none. */
  readonly words: ArrayLike<number> | null;
}

/** What stands behind the registers. */
export interface CciBackend {
  /** `deaf`: no supply, or too early after it came: not acknowledged. */
  readonly state: "deaf" | "booting" | "booted";
  /** What the command comes to; null when the module has restarted over it and nobody will ever know. */
  execute(command: number, words: Uint16Array): CciAnswer | null;
  /** 0 has been written to the power register: a module that was powered down by command boots. */
  wake(): void;
}

/** Options of `EmulatedCciSlave`. */
export interface CciSlaveOptions {
  readonly backend: CciBackend;
  readonly faults: LeptonFaults;
  readonly nowMs: () => number;
  /** How long the status says busy after a command, in milliseconds. */
  readonly commandMs: number;
}

/**
 * The Lepton's control interface (CCI): 16-bit registers, 16-bit register numbers that advance by two, everything big
 * endian. A write begins with the register's number; a read goes on where the last exchange stopped.
 */
export class EmulatedCciSlave implements I2cSlave {
  readonly address = leptonCciAddress;
  readonly #options: CciSlaveOptions;
  /** Two bytes each; the register number is twice the index. */
  readonly #registers = new Uint16Array(registerWords);
  #pointer = 0;
  #busyUntilMs = Number.NEGATIVE_INFINITY;
  #pending: CciAnswer | null = null;
  #result = 0;

  constructor(options: CciSlaveOptions) {
    this.#options = options;
  }

  get stretchMs(): number {
    return this.#options.faults.active("cci-late")?.ms ?? 0;
  }

  /** Everything as after power-on. */
  reset(): void {
    this.#registers.fill(0);
    this.#pointer = 0;
    this.#busyUntilMs = Number.NEGATIVE_INFINITY;
    this.#pending = null;
    this.#result = 0;
  }

  transfer(write: Uint8Array, readBytes: number): Uint8Array {
    const { backend, faults } = this.#options;
    if (backend.state === "deaf" || faults.strike("cci-no-answer") !== null) throw noAnswer();
    faults.strike("cci-late");
    this.#finish();
    if (write.length >= 2) {
      this.#pointer = wordAt(write, 0);
      for (let at = 2; at + 1 < write.length; at += 2) this.#write(wordAt(write, at));
    }
    const read = new Uint8Array(readBytes);
    for (let at = 0; at < readBytes; at += 2) {
      const word = this.#read();
      read[at] = word >>> 8;
      if (at + 1 < readBytes) read[at + 1] = word & 0xff;
    }
    return read;
  }

  get #isBusy(): boolean {
    return this.#options.nowMs() < this.#busyUntilMs || this.#options.faults.active("cci-busy") !== null;
  }

  #advance(): number {
    const at = this.#pointer;
    this.#pointer = (at + 2) & 0xffff;
    return at & 0xfffe;
  }

  #read(): number {
    const at = this.#advance();
    return at === register.status ? this.#status() : this.#registers[at >> 1]!;
  }

  #status(): number {
    const { state } = this.#options.backend;
    const busy = this.#isBusy ? statusBit.busy : 0;
    const booted = state === "booted" ? statusBit.booted : 0;
    return ((this.#result & 0xff) << 8) | booted | statusBit.normalBoot | busy;
  }

  #write(word: number): void {
    const at = this.#advance();
    if (at === register.status || at === register.crc) return;
    this.#registers[at >> 1] = word;
    if (at === register.power && word === 0) this.#options.backend.wake();
    if (at === register.command) this.#begin(word);
  }

  /** A command during another, or before the module has booted, is lost. */
  #begin(command: number): void {
    const { backend, faults, commandMs, nowMs } = this.#options;
    if (backend.state !== "booted" || this.#isBusy) return;
    const failure = faults.strike("cci-error");
    const answer =
      failure === null
        ? backend.execute(command, this.#argument())
        : { result: failure.result ?? cciResult.error, words: null };
    if (answer === null) return;
    this.#pending = answer;
    this.#busyUntilMs = nowMs() + commandMs;
    this.#finish();
  }

  #argument(): Uint16Array {
    const length = this.#registers[register.length >> 1]!;
    const start = (length > dataRegisters ? blockBuffer.start : register.data) >> 1;
    return this.#registers.slice(start, start + Math.min(length, blockBuffer.words));
  }

  /** A command's outcome is seen when its time has passed. */
  #finish(): void {
    const pending = this.#pending;
    if (pending === null || this.#options.nowMs() < this.#busyUntilMs) return;
    this.#pending = null;
    this.#result = pending.result;
    const { words } = pending;
    if (words === null) return;
    const start = (words.length > dataRegisters ? blockBuffer.start : register.data) >> 1;
    this.#registers.set(words, start);
    this.#registers[register.length >> 1] = words.length;
    this.#registers[register.crc >> 1] = crc16(bytesOf(words));
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}

function bytesOf(words: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(2 * words.length);
  for (let i = 0; i < words.length; i += 1) {
    bytes[2 * i] = words[i]! >>> 8;
    bytes[2 * i + 1] = words[i]! & 0xff;
  }
  return bytes;
}

function noAnswer(): TransportFailure {
  return new TransportFailure(
    "no-answer",
    "The emulated Lepton does not acknowledge at I2C address 0x2A: check its supply and wiring.",
  );
}
