import type { Random } from "#core/random.ts";
import { airRelease } from "../air-release.ts";
import type { Build } from "../body.ts";
import type { Drive } from "./drive.ts";
import { type MachinePart, RollingMachine } from "./rolling-machine.ts";

/** Options of `forklift`. */
export interface ForkliftOptions {
  readonly drive: Drive;
  readonly driver: Build;
  readonly power: "electric" | "gas";
  readonly roomCelsius: number;
  readonly random: Random;
}

/** A gas truck burns about 2.5 kg of propane an hour, 3 kg of CO2 each (assumed); CO after its catalyst (assumed). */
const gasCo2KilogramsPerSecond = 2.1e-3;
const gasCoShare = 0.006;
const gasKilojoulesPerKilogramCo2 = 15_400;
const electricKilowatts = 1.5;
const radiativeFraction = 0.2;

/** A forklift truck with its driver: warm drive under the seat, hot brakes, with gas a hot exhaust (facts §4.8). */
export function forklift(options: ForkliftOptions): RollingMachine {
  const { roomCelsius, random, power } = options;
  const gas = power === "gas";
  const motor = gas ? random.between(40, 75) : random.between(18, 38);
  const brake = random.between(30, 130);
  const even = (kelvin: number) => {
    const warmth = { low: roomCelsius + kelvin, high: roomCelsius + kelvin };
    return () => warmth;
  };
  const part = (
    place: readonly [number, number, number],
    size: readonly [number, number, number],
    celsiusAt: MachinePart["celsiusAt"],
  ): MachinePart => ({
    x: place[0],
    y: place[1],
    z: place[2],
    width: size[0],
    height: size[1],
    length: size[2],
    celsiusAt,
  });
  const load =
    random.uniform() < 0.5 ? [part([0, 0.2, -1.75], [1.1, 0.9, 1], even(random.between(-6, 3)))] : [];
  const exhaust = gas ? [part([0.42, 0.9, 1], [0.09, 0.5, 0.09], even(random.between(100, 260)))] : [];
  return new RollingMachine({
    drive: options.drive,
    driver: { build: options.driver, seatLiftMetres: 0.45, z: 0.25 },
    parts: [
      part([0, 0.2, -0.2], [1.05, 0.45, 1.6], even(0.2 * motor)),
      // The counterweight is a block of iron; the drive's warmth leaves by the grille in it.
      part([0, 0.2, 0.8], [1.05, 0.75, 0.6], () => ({
        low: roomCelsius + 0.1 * motor,
        high: roomCelsius + 0.25 * motor,
      })),
      part([0, 0.45, 1.11], [0.55, 0.3, 0.03], even(0.8 * motor)),
      part([0, 0.55, 0.45], [0.5, 0.2, 0.3], even(motor)),
      part([-0.35, 0.15, -1.1], [0.1, 2, 0.12], even(1.5)),
      part([0.35, 0.15, -1.1], [0.1, 2, 0.12], even(1.5)),
      part([0, 2.05, -0.1], [1, 0.06, 1.2], even(0.5)),
      part([-0.45, 0.6, 0.55], [0.06, 1.45, 0.06], even(1)),
      part([0.45, 0.6, 0.55], [0.06, 1.45, 0.06], even(1)),
      ...[-0.5, 0.5].flatMap((x) => [
        part([x, 0, -0.75], [0.2, 0.6, 0.6], even(9)),
        part([x, 0, 0.8], [0.2, 0.5, 0.5], even(7)),
        part([x, 0.2, -0.75], [0.22, 0.2, 0.2], even(brake)),
      ]),
      ...load,
      ...exhaust,
    ],
    releaseAt: (_seconds, { x, z, metresPerSecond }) => {
      const busy = metresPerSecond > 0 ? 1 : 0.3;
      const co2 = gas ? busy * gasCo2KilogramsPerSecond : 0;
      return [
        airRelease({
          place: { x, y: 0.8, z },
          diameterMetres: 0.8,
          heatKilowatts: gas ? co2 * gasKilojoulesPerKilogramCo2 : busy * electricKilowatts,
          radiativeFraction,
          co2KilogramsPerSecond: co2,
          coKilogramsPerSecond: co2 * gasCoShare,
          waterKilogramsPerSecond: 0.55 * co2,
        }),
      ];
    },
  });
}
