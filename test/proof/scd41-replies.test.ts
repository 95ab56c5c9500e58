import assert from "node:assert/strict";
import { test } from "node:test";
import type { AirSample } from "#core/frames/air-sample.ts";
import { Random } from "#core/random.ts";
import { Scd41Sensor } from "#sensors/scd41/scd41-sensor.ts";
import { defaultScd41Settings } from "#sensors/scd41/scd41-settings.ts";
import { decodeWords } from "#sensors/sensirion/words.ts";
import type { I2cTransfer } from "#sensors/transport/i2c-bus.ts";
import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { EmulatedI2cBus } from "#simulation/devices/emulated-i2c-bus.ts";
import { EmulatedScd41 } from "#simulation/devices/emulated-scd41.ts";
import { sensirionChecksum, wordsToBus } from "#simulation/devices/emulated-sensirion-words.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { passTime } from "#support/pass-time.ts";

/**
 * How many replies the driver has to survive, three in ten of them damaged, and how many damaged ones the decoder:
 * 10,000, or as many as EMBERWATCH_PROOF_REPLIES says. The full proof is a million and takes the driver some minutes:
 * EMBERWATCH_PROOF_REPLIES=1000000 node --test test/proof/scd41-replies.test.ts
 */
const replies = Number(process.env["EMBERWATCH_PROOF_REPLIES"] ?? 10_000);

/** Share of the replies that are damaged, so that the driver also gets somewhere. */
const damagedShare = 0.3;

/** Between an emulated chip and the driver: damages replies, and knows which words left it whole. */
class DamagingBus {
  readonly #bus: EmulatedI2cBus;
  readonly #random: Random;
  /** The last reply of a measurement as the driver got it. */
  lastMeasurement = new Uint8Array(0);
  damaged = 0;

  constructor(bus: EmulatedI2cBus, random: Random) {
    this.#bus = bus;
    this.#random = random;
  }

  async transfer(transfer: I2cTransfer): Promise<Uint8Array> {
    const reply = await this.#bus.transfer(transfer);
    if (transfer.readBytes === 0) return reply;
    const given = this.#random.uniform() < damagedShare ? this.#damage(reply) : reply;
    if (transfer.readBytes === 9) this.lastMeasurement = Uint8Array.from(given);
    return given;
  }

  async close(): Promise<void> {}

  #damage(reply: Uint8Array): Uint8Array {
    this.damaged += 1;
    if (this.#random.integer(12) === 0) throw new TransportFailure("no-answer", "Lost on the way.");
    return damage(reply, this.#random);
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

test(`${replies} damaged replies of any length: a word is read only when its checksum is right`, () => {
  const random = new Random(20_250_102);
  let read = 0;
  let refused = 0;
  for (let k = 0; k < replies; k += 1) {
    const count = 1 + random.integer(20);
    const sent = Array.from({ length: count }, () => random.integer(0x1_0000));
    const bytes = damage(wordsToBus(sent), random);
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
  assert.ok(read > replies && refused > replies, "both happen");
});

test(`the driver gets ${replies} replies, three in ten of them damaged: no crash, no hang, and no value with a wrong checksum`, async () => {
  const random = new Random(20_250_101);
  const clock = new ManualClock();
  const air = () => ({
    co2Ppm: 500 + random.integer(400),
    temperatureCelsius: 21 + random.uniform(),
    humidityPercent: 40 + random.uniform(),
  });
  const chip = new EmulatedScd41({ clock, air });
  const bus = new DamagingBus(new EmulatedI2cBus([chip], { clock }), random);
  const sensor = new Scd41Sensor({ i2c: bus, clock, power: chip.powerLine, settings: defaultScd41Settings });
  let accepted = 0;
  await sensor.start({
    onSample: (sample) => {
      accepted += 1;
      assertFromWire(sample, bus.lastMeasurement);
    },
    onTrouble: () => undefined,
    onEnd: () => assert.fail("an SCD41 never ends"),
  });
  while (bus.damaged < replies * damagedShare) {
    const before = bus.damaged;
    await passTime(clock, 60_000);
    assert.ok(bus.damaged > before, "the driver goes on asking");
  }
  assert.ok(accepted > 0, "whole replies are accepted");
  await sensor.stop();
});

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
