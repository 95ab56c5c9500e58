import type { AirSample } from "#core/frames/air-sample.ts";
import { scd41Commands as commands, scd41Address } from "#sensors/scd41/scd41-commands.ts";
import { askWord } from "#sensors/scd41/scd41-configuration.ts";
import { isDataReady, toAirSample } from "#sensors/scd41/scd41-values.ts";
import type { SensirionChip } from "#sensors/sensirion/sensirion-chip.ts";
import { encodeCommand } from "#sensors/sensirion/words.ts";
import type { I2cBus } from "#sensors/transport/i2c-bus.ts";
import { isNoAnswer } from "./chip-talk.ts";
import { type DoctorSurroundings, pause, withCountdown } from "./doctor-surroundings.ts";
import type { Problem } from "./finding.ts";

/** Readings come every 5 s; three show whether they move. */
const readingsWanted = 3;
const readingsMs = 18_000;
const pollMs = 1_000;

/** Less CO2 than outdoors (some 420 ppm) by more than the sensor's 40 ppm + 5 % is a wrong calibration. */
const co2MinPpm = 350;
/** The chip's range ends here (data sheet). */
const co2MaxPpm = 40_000;
const temperatureCelsius = { min: -10, max: 60 } as const;

interface Watched {
  readonly samples: readonly AirSample[];
  readonly words: readonly (readonly number[])[];
  readonly unanswered: number;
}

/** Lets an idle SCD41 measure for some readings, and stops it. Throws `Failure` of bus and checksums. */
export async function watchReadings(
  chip: SensirionChip,
  i2c: I2cBus,
  surroundings: DoctorSurroundings,
): Promise<string | Problem> {
  await chip.send(commands.startPeriodicMeasurement);
  const reading = { what: "Waiting for CO2 readings", seconds: readingsMs / 1_000 };
  const watched = await withCountdown(surroundings, reading, collect(chip, surroundings));
  if (watched.samples.length < readingsWanted) return whySilent(watched, i2c);
  await chip.send(commands.stopPeriodicMeasurement);
  return judgeReadings(watched);
}

async function collect(chip: SensirionChip, { clock }: DoctorSurroundings): Promise<Watched> {
  const endMs = clock.monotonicMs() + readingsMs;
  const words: (readonly number[])[] = [];
  let unanswered = 0;
  while (words.length < readingsWanted && clock.monotonicMs() < endMs) {
    await pause(clock, pollMs);
    try {
      if (!isDataReady(await askWord(chip, commands.getDataReadyStatus))) continue;
      words.push(await chip.send(commands.readMeasurement));
    } catch (error) {
      if (!isNoAnswer(error)) throw error;
      unanswered += 1;
    }
  }
  return { words, unanswered, samples: words.map((each) => toAirSample(each, clock.nowMicros())) };
}

/** A chip that takes what it takes only while idle has stopped measuring, so it has lost its supply meanwhile. */
async function whySilent({ samples, unanswered }: Watched, i2c: I2cBus): Promise<Problem> {
  if (await isIdle(i2c)) {
    return {
      code: "scd41-restarted",
      text: "The CO2 sensor restarted by itself while it measured: its supply sags.",
      remedy:
        "Give it 3.3 V over short, thick wires (it draws 205 mA for moments), and look for a loose contact.",
    };
  }
  if (unanswered > 0) {
    return {
      code: "scd41-lost",
      text: "The CO2 sensor stopped answering while it measured.",
      remedy: "Look for a loose contact of its SDA, SCL and supply.",
    };
  }
  return {
    code: "scd41-silent",
    text: `The CO2 sensor answers, but gave ${samples.length} of ${readingsWanted} readings in ${readingsMs / 1_000} s.`,
    remedy: "Switch it off and on; replace it if that does not help.",
  };
}

async function isIdle(i2c: I2cBus): Promise<boolean> {
  const write = encodeCommand(commands.getSerialNumber.code, []);
  try {
    await i2c.transfer({ address: scd41Address, write, readBytes: 0 });
    return true;
  } catch (error) {
    if (!isNoAnswer(error)) throw error;
    return false;
  }
}

function judgeReadings({ samples, words }: Watched): string | Problem {
  const last = samples.at(-1)!;
  const [first] = words;
  const co2 = `${Number.isNaN(last.co2Ppm) ? "no" : last.co2Ppm} ppm CO2`;
  const text = `${co2}, ${last.temperatureCelsius.toFixed(1)} °C, ${last.humidityPercent.toFixed(0)} % humidity`;
  if (!isPlausible(last)) {
    return {
      code: "scd41-implausible",
      text: `The CO2 sensor reads ${text}, which cannot be.`,
      remedy:
        "Put it into fresh air and recalibrate it with emberwatch doctor scd41 --recalibrate 420; replace it if that fails.",
    };
  }
  if (words.every((each) => each.every((word, index) => word === first![index]))) {
    return {
      code: "scd41-stuck",
      text: `The CO2 sensor gave the very same reading ${readingsWanted} times: ${text}.`,
      remedy: "Switch it off and on; replace it if that does not help.",
    };
  }
  return `It reads ${text}.`;
}

function isPlausible({ co2Ppm, temperatureCelsius: celsius }: AirSample): boolean {
  // NaN fails the comparison as well.
  const isAir = co2Ppm >= co2MinPpm && co2Ppm <= co2MaxPpm;
  return isAir && celsius >= temperatureCelsius.min && celsius <= temperatureCelsius.max;
}
