import type { Random } from "#core/random.ts";
import { airRelease } from "../air-release.ts";
import { zeroCelsiusKelvin } from "../band-radiance.ts";
import type { Point } from "../pinhole-camera.ts";
import type { AirRelease } from "../scene-thing.ts";
import type { Drive, Rolling } from "./drive.ts";
import { type MachinePart, RollingMachine } from "./rolling-machine.ts";

/** Options of `car`. */
export interface CarOptions {
  readonly drive: Drive;
  readonly random: Random;
  /** Bodywork and windows follow the weather it comes from and the room it stands in. */
  readonly bodyCelsius: number;
  readonly roomCelsius: number;
  /** When the engine is switched off. */
  readonly engineOffAtSeconds: number;
  /** Soot filter being burnt free: from and until when, and how hot the pipe behind it gets; null when it is not. */
  readonly sootBurn: {
    readonly fromSeconds: number;
    readonly untilSeconds: number;
    readonly celsius: number;
  } | null;
}

/** An engine bay, brakes and a pipe cool in half an hour to an hour (facts §4.8); thin pipes faster (assumed). */
const engineCoolingSeconds = [1400, 2400] as const;
const pipeCoolingSeconds = 420;
/** Bonnet soaks up the engine's heat for some minutes after it is off (assumed). */
const soakSeconds = 260;
const sootBurnRiseSeconds = 60;
/** Hot pipe and silencer that the floor sees, their emissivity, and how far the bumper's edge follows the pipe (assumed). */
const pipeSquareMetres = 0.08;
const pipeEmissivity = 0.85;
const bumperShare = 0.03;
const stefanBoltzmann = 5.670374e-11;
/**
 * CO2 of a warm engine of about 2 l: 0.5 g/s idling (0.8 l/h at 2.6 kg/l), three times that while manoeuvring or
 * burning the filter free; CO and soot small and behind catalysts (assumed).
 */
const idleCo2KilogramsPerSecond = 0.5e-3;
const busyFactor = 3;
const coShare = 0.004;
const sootShare = 0.0003;
/** Heat to the room per kilogram of CO2: diesel's 43 MJ/kg over 3.15 kg/kg, all of it in the end. */
const kilojoulesPerKilogramCo2 = 13_600;
const radiativeFraction = 0.2;

/** A car that comes in hot, stands, and cools: bonnet, grille, brakes, exhaust; perhaps burning its soot filter free. */
export function car(options: CarOptions): RollingMachine {
  const pipe = exhaustPipe(options);
  const parts = [...bodywork(options), ...wheels(options), pipe.part, bumper(options, pipe.kelvinAt)];
  const parked = placeBehind(options.drive, pipe.part);
  return new RollingMachine({
    drive: options.drive,
    parts,
    driver: null,
    shines: { place: parked, kilowattsAt: (seconds) => pipeKilowatts(options, pipe.kelvinAt(seconds)) },
    releaseAt: (seconds, rolling) => exhaustAt(options, { seconds, rolling }),
  });
}

function bodywork(options: CarOptions): readonly MachinePart[] {
  const { bodyCelsius, roomCelsius, engineOffAtSeconds, random } = options;
  const cooling = random.between(...engineCoolingSeconds);
  const bonnet = random.between(12, 38);
  const grille = random.between(35, 75);
  const cooled = (seconds: number): number => Math.exp(-Math.max(0, seconds - engineOffAtSeconds) / cooling);
  const soaked = (seconds: number): number =>
    1 - 0.45 * Math.exp(-Math.max(0, seconds - engineOffAtSeconds) / soakSeconds);
  const plain = (low: number, high: number) => () => ({ low: bodyCelsius + low, high: bodyCelsius + high });
  const hood = (seconds: number): number => bodyCelsius + bonnet * soaked(seconds) * cooled(seconds);
  return [
    { x: 0, y: 0.25, z: 0.65, width: 1.75, height: 0.6, length: 3, celsiusAt: plain(2, 0) },
    {
      x: 0,
      y: 0.25,
      z: -1.5,
      width: 1.75,
      height: 0.58,
      length: 1.3,
      celsiusAt: (seconds) => ({
        low: bodyCelsius + 0.4 * bonnet * cooled(seconds),
        high: hood(seconds),
        front: bodyCelsius + 0.25 * bonnet * cooled(seconds),
      }),
    },
    {
      x: 0,
      y: 0.4,
      z: -2.16,
      width: 1,
      height: 0.26,
      length: 0.04,
      celsiusAt: (seconds) => {
        const celsius = roomCelsius + grille * cooled(seconds);
        return { low: celsius, high: celsius };
      },
    },
    { x: 0, y: 0.85, z: 0.5, width: 1.5, height: 0.58, length: 2.1, celsiusAt: plain(-1.5, -3) },
  ];
}

function wheels({ bodyCelsius, engineOffAtSeconds, random }: CarOptions): readonly MachinePart[] {
  const cooling = random.between(500, 900);
  const disc = random.between(25, 170);
  return [-1.35, 1.3].flatMap((z) =>
    [-0.84, 0.84].flatMap((x) => {
      const front = z < 0 ? 1 : 0.55;
      const off = (seconds: number): number => Math.exp(-Math.max(0, seconds - engineOffAtSeconds) / cooling);
      const tyre = { low: bodyCelsius + 12, high: bodyCelsius + 9 };
      return [
        { x, y: 0, z, width: 0.2, height: 0.62, length: 0.62, celsiusAt: () => tyre },
        {
          x,
          y: 0.2,
          z,
          width: 0.22,
          height: 0.22,
          length: 0.22,
          celsiusAt: (seconds: number) => {
            const celsius = bodyCelsius + front * disc * off(seconds);
            return { low: celsius, high: celsius };
          },
        },
      ];
    }),
  );
}

/** How warm the pipe is over the room at a time, in kelvin. */
type PipeKelvin = (seconds: number) => number;

/** The pipe's end under the bumper, and how warm it is. */
function exhaustPipe(pipe: CarOptions): { readonly part: MachinePart; readonly kelvinAt: PipeKelvin } {
  const { random } = pipe;
  const hot = random.between(70, 220);
  const kelvinAt: PipeKelvin = (seconds) => pipeKelvin(pipe, { seconds, hot });
  const part: MachinePart = {
    x: 0.5 * (random.uniform() < 0.5 ? -1 : 1),
    y: 0.2,
    z: 2.13,
    width: 0.09,
    height: 0.09,
    length: 0.22,
    celsiusAt: (seconds) => {
      const celsius = pipe.roomCelsius + kelvinAt(seconds);
      return { low: celsius, high: celsius };
    },
  };
  return { part, kelvinAt };
}

/** The rear bumper: it hides the wheels from behind, and its lower edge is warmed by the pipe under it. */
function bumper({ bodyCelsius }: CarOptions, kelvinAt: PipeKelvin): MachinePart {
  return {
    x: 0,
    y: 0.31,
    z: 2.1,
    width: 1.75,
    height: 0.54,
    length: 0.1,
    celsiusAt: (seconds) => ({
      low: bodyCelsius + 2 + bumperShare * kelvinAt(seconds),
      high: bodyCelsius + 1,
    }),
  };
}

/** What the pipe's surface radiates over what the room sends back (Stefan and Boltzmann), in kW. */
function pipeKilowatts({ roomCelsius }: CarOptions, kelvin: number): number {
  const room = roomCelsius + zeroCelsiusKelvin;
  return pipeSquareMetres * pipeEmissivity * stefanBoltzmann * ((room + kelvin) ** 4 - room ** 4);
}

/** Where a part is once the car has arrived; until then it is nowhere for long. */
function placeBehind(drive: Drive, part: MachinePart): Point {
  const { x, z, heading } = drive.at(drive.arrivesAtSeconds);
  const [cos, sin] = [Math.cos(heading), Math.sin(heading)];
  return { x: x + part.x * cos - part.z * sin, y: part.y, z: z + part.x * sin + part.z * cos };
}

/** The pipe's warmth over the room: hot from driving, hotter while the filter burns. */
function pipeKelvin(options: CarOptions, at: { readonly seconds: number; readonly hot: number }): number {
  const { sootBurn, engineOffAtSeconds, roomCelsius } = options;
  const cooled = (since: number): number => Math.exp(-Math.max(0, since) / pipeCoolingSeconds);
  const drive = at.hot * cooled(at.seconds - engineOffAtSeconds);
  if (sootBurn === null || at.seconds < sootBurn.fromSeconds) return drive;
  const burning = Math.min(at.seconds, sootBurn.untilSeconds) - sootBurn.fromSeconds;
  const risen = -Math.expm1(-burning / sootBurnRiseSeconds);
  const burn = risen * (sootBurn.celsius - roomCelsius) * cooled(at.seconds - sootBurn.untilSeconds);
  return Math.max(drive, burn);
}

function exhaustAt(
  options: CarOptions,
  at: { readonly seconds: number; readonly rolling: Rolling },
): readonly AirRelease[] {
  const { sootBurn, engineOffAtSeconds } = options;
  const { seconds, rolling } = at;
  if (seconds > engineOffAtSeconds) return [];
  const burns = sootBurn !== null && seconds > sootBurn.fromSeconds && seconds < sootBurn.untilSeconds;
  const co2 = idleCo2KilogramsPerSecond * (burns || rolling.metresPerSecond > 0 ? busyFactor : 1);
  return [
    airRelease({
      place: { x: rolling.x, y: 0.3, z: rolling.z },
      diameterMetres: 0.5,
      heatKilowatts: co2 * kilojoulesPerKilogramCo2,
      radiativeFraction,
      co2KilogramsPerSecond: co2,
      coKilogramsPerSecond: co2 * coShare,
      sootKilogramsPerSecond: co2 * sootShare * (burns ? 4 : 1),
      waterKilogramsPerSecond: 0.4 * co2,
    }),
  ];
}
