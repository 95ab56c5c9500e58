import assert from "node:assert/strict";
import { EmulatedLepton, type EmulatedLeptonOptions } from "#simulation/devices/emulated-lepton.ts";
import { ManualClock } from "./manual-clock.ts";

const packetBytes = 164;

/** A packet as a plain host reads it. */
export interface HostPacket {
  readonly id: number;
  readonly isDiscard: boolean;
  readonly bytes: Uint8Array;
}

/** A segment as it came. */
export interface HostSegment {
  readonly number: number;
  readonly atMs: number;
  readonly packets: readonly HostPacket[];
}

/** A picture as it came; telemetry only with the packets of it. */
export interface HostFrame {
  readonly atMs: number;
  readonly pixels: Uint16Array;
  readonly telemetry: Uint16Array;
}

/** Every picture another one, its number in the first pixel, no pixel like its neighbours; 16.9 to 56.8 °C. */
export function movingScene(): (atMicros: number) => Uint16Array {
  let count = 0;
  return () => {
    count += 1;
    const picture = Uint16Array.from({ length: 19_200 }, (_, i) => 29_000 + ((i * 7 + count * 13) % 4_000));
    picture[0] = 29_000 + count;
    return picture;
  };
}

/** One temperature everywhere, in degrees Celsius. */
export function flatScene(celsius: number): Uint16Array {
  return new Uint16Array(19_200).fill(Math.round(celsius * 100) + 27_315);
}

/** A host with an emulated Lepton that has booted and made its first correction. */
export function bootedHost(options: Partial<EmulatedLeptonOptions> = {}): LeptonHost {
  const clock = new ManualClock();
  const host = new LeptonHost(new EmulatedLepton({ clock, scene: movingScene(), ...options }), clock);
  host.boot();
  return host;
}

/**
 * A plain host for the emulated Lepton, written from the data sheet apart from emulator and driver: reads packets,
 * sorts them into segments and pictures, and drives the control interface register by register. Forgives nothing.
 */
export class LeptonHost {
  readonly lepton: EmulatedLepton;
  readonly clock: ManualClock;
  #open: HostPacket[] = [];

  constructor(lepton: EmulatedLepton, clock: ManualClock) {
    this.lepton = lepton;
    this.clock = clock;
  }

  /** Reads whole packets, now. */
  packets(count: number): HostPacket[] {
    return Array.from({ length: count }, () => {
      const bytes = new Uint8Array(packetBytes);
      this.lepton.spi.read(bytes);
      const id = (bytes[0]! << 8) | bytes[1]!;
      return { id, isDiscard: (id & 0x0f00) === 0x0f00, bytes };
    });
  }

  /** Polls for so long and gives the whole segments that came. */
  segments(ms: number, options: { readonly everyMs?: number } = {}): HostSegment[] {
    const everyMs = options.everyMs ?? 2;
    const found: HostSegment[] = [];
    for (let passed = 0; passed < ms; passed += everyMs) {
      for (let packet = this.packets(1)[0]!; !packet.isDiscard; packet = this.packets(1)[0]!) {
        if ((packet.id & 0xfff) === 0) this.#close(found);
        this.#open.push(packet);
      }
      this.#close(found);
      this.clock.advanceMs(everyMs);
    }
    return found;
  }

  /** Polls for so long and gives the pictures that came whole. */
  frames(ms: number, options: { readonly everyMs?: number } = {}): HostFrame[] {
    const found: HostFrame[] = [];
    let parts: HostSegment[] = [];
    for (const segment of this.segments(ms, options)) {
      if (segment.number !== parts.length + 1) parts = [];
      if (segment.number === parts.length + 1) parts.push(segment);
      if (parts.length < 4) continue;
      found.push(pictureOf(parts));
      parts = [];
    }
    return found;
  }

  /** Lets chip select idle long enough for the stream to begin anew. */
  idle(): void {
    this.clock.advanceMs(186);
    this.#open = [];
  }

  /** Turns telemetry on, as footer, and begins anew. */
  enableTelemetry(): void {
    assert.equal(this.set(0x0218, 1, 0), 0);
    this.idle();
  }

  /** Waits until the module has booted and made its first correction, then lets the line idle. */
  boot(): void {
    this.clock.advanceMs(2_500);
    this.#open = [];
  }

  /** The status register. */
  status(): number {
    const [high = 0, low = 0] = this.lepton.cci.transfer(Uint8Array.of(0x00, 0x02), 2);
    return (high << 8) | low;
  }

  /** GET of so many words. Fails unless the result is OK. */
  get(code: number, words: number): number[] {
    assert.equal(this.command(code, { length: words }), 0);
    const bytes = this.lepton.cci.transfer(Uint8Array.of(0x00, 0x08), 2 * words);
    return Array.from({ length: words }, (_, i) => (bytes[2 * i]! << 8) | bytes[2 * i + 1]!);
  }

  /** SET by its GET code; the result code. */
  set(code: number, ...words: readonly number[]): number {
    this.write(0x0008, ...words);
    return this.command(code + 1, { length: words.length });
  }

  /** SET of one 32-bit number by its GET code; the result code. */
  setLong(code: number, value: number): number {
    return this.set(code, value & 0xffff, value >>> 16);
  }

  /** RUN by its GET code; the result code. */
  run(code: number): number {
    return this.command(code + 2, { length: 0 });
  }

  /** Writes a command and waits for its result code. */
  command(command: number, { length }: { readonly length: number }): number {
    this.write(0x0006, length);
    this.write(0x0004, command);
    this.clock.advanceMs(2);
    const status = this.status();
    assert.equal(status & 1, 0, "the command has ended");
    return ((status >> 8) << 24) >> 24;
  }

  /** Writes registers, beginning at one. */
  write(register: number, ...words: readonly number[]): void {
    const bytes = [register, ...words].flatMap((word) => [(word >> 8) & 0xff, word & 0xff]);
    this.lepton.cci.transfer(Uint8Array.from(bytes), 0);
  }

  #close(found: HostSegment[]): void {
    const packets = this.#open;
    if (packets.length === 0) return;
    this.#open = [];
    const number = ((packets[20]?.id ?? 0) >> 12) & 0b111;
    found.push({ number, packets, atMs: this.clock.monotonicMs() });
  }
}

function pictureOf(segments: readonly HostSegment[]): HostFrame {
  const words = segments.flatMap(({ packets }) =>
    packets.flatMap(({ bytes }) =>
      Array.from({ length: 80 }, (_, i) => (bytes[4 + 2 * i]! << 8) | bytes[5 + 2 * i]!),
    ),
  );
  return {
    atMs: segments.at(-1)!.atMs,
    pixels: Uint16Array.from(words.slice(0, 19_200)),
    telemetry: Uint16Array.from(words.slice(19_200)),
  };
}
