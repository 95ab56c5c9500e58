import assert from "node:assert/strict";
import type { AirSample } from "#core/frames/air-sample.ts";
import { Random } from "#core/random.ts";
import type { Clock } from "#core/time.ts";
import { Scd41Sensor } from "#sensors/scd41/scd41-sensor.ts";
import { defaultScd41Settings } from "#sensors/scd41/scd41-settings.ts";
import { decodeWords } from "#sensors/sensirion/words.ts";
import type { I2cTransfer } from "#sensors/transport/i2c-bus.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { EmulatedI2cBus } from "#simulation/devices/emulated-i2c-bus.ts";
import { EmulatedScd41 } from "#simulation/devices/emulated-scd41.ts";
import { sensirionChecksum, wordsToBus } from "#simulation/devices/emulated-sensirion-words.ts";
import { hastyClock } from "./hasty-clock.ts";

/** Share of the replies that are damaged, so that the driver also gets somewhere. */
const damagedShare = 0.3;

/** Waits of the driver between two exchanges: a few of a second at most, or it has stopped asking. */
const waitsMax = 20;

/** Between an emulated chip and the driver: damages replies, and knows which words left it whole. */
class DamagingBus {
  readonly #bus: EmulatedI2cBus;
  readonly #random: Random;
  /** The last reply of a measurement as the driver got it. */
  lastMeasurement = new Uint8Array(0);
  damaged = 0;
  /** Called before each exchange. */
  onExchange: () => void = () => {};

  constructor(bus: EmulatedI2cBus, random: Random) {
    this.#bus = bus;
    this.#random = random;
  }

  async transfer(transfer: I2cTransfer): Promise<Uint8Array> {
    this.onExchange();
    const reply = await this.#bus.transfer(transfer);
    if (transfer.readBytes === 0) return reply;
    const given = this.#random.uniform() < damagedShare ? this.#damage(reply) : reply;
    if (transfer.readBytes === 9) this.lastMeasurement = Uint8Array.from(given);
    return given;
  }

  async close(): Promise<void> {}

  #damage(reply: Uint8Array): Uint8Array {
    if (this.#random.integer(12) === 0) {
      this.damaged += 1;
      throw new TransportFailure("no-answer", "Lost on the way.");
    }
    const damaged = damage(reply, this.#random);
    // What was drawn at random may be what is right.
    if (Buffer.compare(damaged, reply) !== 0) this.damaged += 1;
    return damaged;
  }
}

/** A reply as it never should arrive. */
function damage(reply: Uint8Array, random: Random): Uint8Array {
  const bytes = Uint8Array.from(reply);
  switch (random.integer(6)) {
    case 0:
      bytes[random.integer(bytes.length)]! ^= 1 << random.integer(8);
      return bytes;
    case 1:
      bytes[random.integer(bytes.length)] = random.integer(256);
      return bytes;
    case 2:
      return bytes.map(() => random.integer(256));
    case 3:
      return bytes.subarray(0, random.integer(bytes.length));
    case 4:
      return bytes.fill(random.integer(2) * 255);
    default:
      // Slipped by a byte, as after a missed clock.
      return Uint8Array.of(...bytes.subarray(1), 0xff);
  }
}

/** What came of damaged words. */
export interface WordFuzzResult {
  readonly read: number;
  readonly refused: number;
}

/** Decodes so many damaged replies of any length; fails on a word whose checksum is wrong. */
export function fuzzSensirionWords(options: {
  readonly seed: number;
  readonly damaged: number;
}): WordFuzzResult {
  const random = new Random(options.seed);
  let read = 0;
  let refused = 0;
  let damaged = 0;
  while (damaged < options.damaged) {
    const count = 1 + random.integer(20);
    const sent = wordsToBus(Array.from({ length: count }, () => random.integer(0x1_0000)));
    const bytes = damage(sent, random);
    if (Buffer.compare(bytes, sent) !== 0) damaged += 1;
    const { words, wrong } = decodeWords(bytes, count);
    assert.equal(words.length, count);
    assert.equal(words.filter((word) => word === null).length, wrong.length);
    for (const [index, word] of words.entries()) {
      if (word === null) refused += 1;
      else {
        read += 1;
        const at = 3 * index;
        const isRight = sensirionChecksum(word) === bytes[at + 2];
        assert.ok(isRight && word === ((bytes[at]! << 8) | bytes[at + 1]!));
      }
    }
  }
  return { read, refused };
}

/** What came of a run of the driver. */
export interface Scd41FuzzResult {
  /** Replies that were changed, cut short or kept back. */
  readonly damaged: number;
  /** Readings that were taken; every one had the right checksums. */
  readonly accepted: number;
}

/** Runs the driver until so many replies were damaged; fails on a hang or a reading with a wrong checksum. */
export async function fuzzScd41(options: {
  readonly seed: number;
  readonly damaged: number;
}): Promise<Scd41FuzzResult> {
  const random = new Random(options.seed);
  const patience = new Patience();
  const { clock } = patience;
  const air = () => ({
    co2Ppm: 500 + random.integer(400),
    temperatureCelsius: 21 + random.uniform(),
    humidityPercent: 40 + random.uniform(),
  });
  const chip = new EmulatedScd41({ clock, air });
  const bus = new DamagingBus(new EmulatedI2cBus([chip], { clock }), random);
  const sensor = new Scd41Sensor({ i2c: bus, clock, power: chip.powerLine, settings: defaultScd41Settings });
  const enough = Promise.withResolvers<void>();
  bus.onExchange = () => {
    patience.restore();
    if (bus.damaged >= options.damaged) enough.resolve(sensor.stop());
  };
  let accepted = 0;
  await sensor.start({
    onSample: (sample) => {
      accepted += 1;
      assertFromWire(sample, bus.lastMeasurement);
    },
    onTrouble: () => undefined,
    onEnd: () => assert.fail("an SCD41 never ends"),
  });
  await enough.promise;
  return { damaged: bus.damaged, accepted };
}

/** A hasty clock for a driver that must not wait more than `waitsMax` times without an exchange. */
class Patience {
  readonly clock: Clock;
  #waits = 0;

  constructor() {
    const hasty = hastyClock();
    this.clock = {
      ...hasty,
      after: (delayMs, callback) => {
        this.#waits += 1;
        assert.ok(this.#waits < waitsMax, "the driver goes on asking");
        return hasty.after(delayMs, callback);
      },
    };
  }

  restore(): void {
    this.#waits = 0;
  }
}

/** What was accepted must be what came, and what came must have had the right checksums. */
function assertFromWire(sample: AirSample, bytes: Uint8Array): void {
  assert.equal(bytes.length, 9);
  const words = [0, 3, 6].map((at) => (bytes[at]! << 8) | bytes[at + 1]!);
  assert.deepEqual(wordsToBus(words), bytes, "every checksum is right");
  assert.equal(sensirionChecksum(words[0]!), bytes[2]);
  assert.ok(sample.co2Ppm === words[0] || (words[0] === 0 && Number.isNaN(sample.co2Ppm)));
  assert.equal(sample.temperatureCelsius, -45 + (175 * words[1]!) / 65_535);
  assert.equal(sample.humidityPercent, (100 * words[2]!) / 65_535);
}
