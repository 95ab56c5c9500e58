import type { AirExchange, AirExhaust, AirSupply, RoomOpening } from "../scene/air-exchange.ts";
import type { Point } from "../scene/pinhole-camera.ts";
import { type RoomSpace, roomVolume } from "../scene/room-layout.ts";
import type { AirAround, AirRelease } from "../scene/scene-thing.ts";
import {
  type AirLayer,
  airHeatCapacity,
  airLayer,
  co2MassFraction,
  compositionOf,
  densityAt,
  freshOxygenMassFraction,
  moveAir,
  ppmOf,
  swapAir,
  volumeOf,
  warm,
} from "./air-layer.ts";
import { absoluteHumidity } from "./humidity.ts";
import { mixingPerSecond } from "./layer-mixing.ts";
import type { LocalAir } from "./local-air.ts";
import { openingFlows } from "./opening-flow.ts";
import { OutsideAir } from "./outside-air.ts";
import { plumeKilogramsPerSecond } from "./plume-correlations.ts";
import type { RoomBalance } from "./room-balance.ts";
import {
  entrainmentOf,
  jetSpeedOver,
  plumeOf,
  type RoomPlume,
  shareBelow,
  strongestAt,
} from "./room-plume.ts";
import { ordinaryMaterials, type RoomMaterials, RoomSurfaces } from "./room-surfaces.ts";
import { smokeEmissivity } from "./smoke-emissivity.ts";

/** What a room's air is like when an episode begins, and how it is exchanged. */
export interface TwoZoneRoomOptions {
  readonly space: RoomSpace;
  readonly celsius: number;
  readonly outdoorCelsius: number;
  readonly humidityPercent: number;
  readonly co2Ppm: number;
  readonly outdoorCo2Ppm: number;
  /** Gypsum board and a screed floor by default. */
  readonly materials?: RoomMaterials;
}

const zeroCelsiusKelvin = 273.15;
/** Longest sub-step while anything is warm. */
const subStepSeconds = 0.25;
/** A plume with less convective heat does not reach a ceiling as a layer: people and candles stir the room (assumed). */
const weakestPlumeKilowatts = 0.5;
/** A plume leaves at least this share of the room to the lower layer. */
const leastLowerShare = 0.03;
/** Layers this alike are one: in kelvin, and in CO2 over outdoor air as ppm and as a share. */
const sameKelvin = 0.1;
const samePpm = 3;
const sameShare = 0.05;
const smallestUpperShare = 0.005;
/** Layers melt into each other over this share of the height. */
const blendShare = 0.05;
/** Heat per kilogram of oxygen used, kJ (facts §4.3), and the most oxygen that a kilogram of CO2 stands for (hydrogen-rich methane: 64/44). */
const kilojoulesPerKilogramOxygen = 13_100;
const oxygenPerCo2Max = 1.46;

/**
 * The air of one room as two layers, a warm one under the ceiling and the rest below (as in CFAST): plumes carry air of
 * the lower layer up, ventilation and openings exchange it, walls take its heat. The pressure stays that of the
 * atmosphere: what expands is pushed out. Without a plume the room is one well-mixed layer. Layers only exchange what
 * they hold, so that air, what it carries and heat are conserved whatever the coefficients; `balance` shows it.
 */
export class TwoZoneRoom {
  readonly #options: TwoZoneRoomOptions;
  readonly #volume: number;
  readonly #startKelvin: number;
  readonly #surfaces: RoomSurfaces;
  readonly #lower: AirLayer;
  readonly #upper: AirLayer;
  readonly #outside: OutsideAir;
  #plumes: readonly RoomPlume[] = [];
  #usedOxygen = 0;
  #missingOxygen = 0;

  constructor(options: TwoZoneRoomOptions) {
    this.#options = options;
    const { space } = options;
    this.#volume = roomVolume(space);
    this.#startKelvin = options.celsius + zeroCelsiusKelvin;
    const density = densityAt(this.#startKelvin);
    const water = absoluteHumidity(options.celsius, options.humidityPercent) / density;
    const clean = { co: 0, soot: 0, oxygen: freshOxygenMassFraction };
    const composition = { ...clean, co2: co2MassFraction(options.co2Ppm), water };
    // Outdoor air is a little drier: people and plants moisten rooms.
    const outdoor = { ...clean, co2: co2MassFraction(options.outdoorCo2Ppm), water: 0.9 * water };
    const kelvin = this.#startKelvin;
    this.#outside = new OutsideAir({ startKelvin: kelvin, composition: outdoor });
    this.#lower = airLayer({ kilograms: density * this.#volume, kelvin, composition });
    this.#upper = airLayer({ kilograms: 0, kelvin, composition });
    this.#surfaces = new RoomSurfaces(space, { kelvin, materials: options.materials ?? ordinaryMaterials });
  }

  /** The layers as things in the room meet them. */
  get around(): AirAround {
    const { kelvin } = this.#lower;
    return {
      ambientCelsius: this.#options.celsius,
      lowerCelsius: kelvin - zeroCelsiusKelvin,
      upperCelsius: (this.#hasUpper ? this.#upper.kelvin : kelvin) - zeroCelsiusKelvin,
      interfaceHeightMetres: this.#interfaceHeight,
      oxygenMassFraction: this.#breathedOxygen,
    };
  }

  /** Oxygen in the upper layer as a mass fraction; that of the room where there is one layer. */
  get upperOxygenMassFraction(): number {
    const { kilograms, carried } = this.#hasUpper ? this.#upper : this.#lower;
    return carried.oxygen / kilograms;
  }

  /** What is in the room, and what has left it. */
  get balance(): RoomBalance {
    const layers = [this.#lower, this.#upper];
    const excess = (layer: AirLayer) =>
      airHeatCapacity * layer.kilograms * (layer.kelvin - this.#startKelvin);
    return {
      airKilograms: this.#lower.kilograms + this.#upper.kilograms,
      co2Kilograms: this.#lower.carried.co2 + this.#upper.carried.co2,
      oxygenKilograms: this.#lower.carried.oxygen + this.#upper.carried.oxygen,
      heatKilojoules: layers.reduce((sum, layer) => sum + excess(layer), this.#surfaces.storedKilojoules),
      leftAirKilograms: this.#outside.leftKilograms,
      leftCo2Kilograms: this.#outside.leftCarried.co2,
      leftOxygenKilograms: this.#outside.leftCarried.oxygen,
      leftHeatKilojoules: this.#outside.leftKilojoules + this.#surfaces.lostKilojoules,
      usedOxygenKilograms: this.#usedOxygen,
      missingOxygenKilograms: this.#missingOxygen,
    };
  }

  /** The air at a place: that of its layer, or of a plume or ceiling jet that passes there. */
  at(place: Point): LocalAir {
    const lower = compositionOf(this.#lower, this.#outside.composition);
    const upper = compositionOf(this.#upper, lower);
    const share = this.#upperShareAt(place.y);
    const mix = (one: number, other: number) => one + share * (other - one);
    const jet = strongestAt(this.#plumes, place);
    const kelvin = Math.max(
      mix(this.#lower.kelvin, this.#upper.kelvin),
      this.#lower.kelvin + jet.excessKelvin,
    );
    const density = densityAt(kelvin);
    const massFraction = (name: "co2" | "co" | "soot" | "water") =>
      Math.max(mix(lower[name], upper[name]), lower[name] + jet.excess[name]);
    return {
      celsius: kelvin - zeroCelsiusKelvin,
      co2Ppm: ppmOf("co2", massFraction("co2")),
      coPpm: ppmOf("co", massFraction("co")),
      sootMilligramsPerCubicMetre: 1e6 * density * massFraction("soot"),
      vapour: density * massFraction("water"),
      oxygenMassFraction: mix(lower.oxygen, upper.oxygen),
    };
  }

  /** Lets time go by with these releases, while air is exchanged in these ways besides the air changes. */
  step(seconds: number, releases: readonly AirRelease[], exchanges: readonly AirExchange[] = []): void {
    const room = {
      space: this.#options.space,
      weakestKilowatts: weakestPlumeKilowatts,
      ambientKelvin: this.#lower.kelvin,
    };
    this.#plumes = releases.flatMap((release) => plumeOf(release, room));
    if (
      this.#isStill &&
      exchanges.length === 0 &&
      releases.every(({ heatKilowatts }) => heatKilowatts === 0)
    ) {
      this.#ventilate(seconds, releases);
      return;
    }
    const count = Math.ceil(seconds / subStepSeconds - 1e-9);
    for (let i = 0; i < count; i += 1) this.#subStep(seconds / count, { releases, exchanges });
  }

  /** A flame breathes the layers through which it reaches: the smoke's own air once the smoke has come down to it. */
  get #breathedOxygen(): number {
    const lower = this.#lower.carried.oxygen / this.#lower.kilograms;
    if (!this.#hasUpper) return lower;
    const border = this.#interfaceHeight;
    const shares = this.#plumes.map((plume) => shareBelow(plume, border));
    return this.upperOxygenMassFraction + Math.min(1, ...shares) * (lower - this.upperOxygenMassFraction);
  }

  get #hasUpper(): boolean {
    return this.#upper.kilograms > 0;
  }

  /** True when one layer as warm as at the start fills the room: then only what it carries changes. */
  get #isStill(): boolean {
    const warmed = Math.abs(this.#lower.kelvin - this.#startKelvin);
    return !this.#hasUpper && warmed < 1e-9 && Math.abs(this.#surfaces.storedKilojoules) < 1e-9;
  }

  get #interfaceHeight(): number {
    const { height } = this.#options.space;
    return this.#hasUpper ? (height * volumeOf(this.#lower)) / this.#volume : height;
  }

  #subStep(
    seconds: number,
    by: { readonly releases: readonly AirRelease[]; readonly exchanges: readonly AirExchange[] },
  ): void {
    const { releases, exchanges } = by;
    this.#raise(seconds);
    this.#heat(seconds, releases);
    this.#coolAtSurfaces(seconds);
    this.#mixLayers(seconds);
    this.#ventilate(seconds, releases);
    for (const exchange of exchanges) {
      if (exchange.kind === "supply") this.#blowIn(seconds, exchange);
      if (exchange.kind === "exhaust") this.#drawOut(seconds, exchange);
    }
    this.#holdPressure(
      seconds,
      exchanges.filter((exchange) => exchange.kind === "opening"),
    );
    this.#mergeLayers();
  }

  /** Plumes carry air of the lower layer up. */
  #raise(seconds: number): void {
    const least = leastLowerShare * this.#volume * densityAt(this.#lower.kelvin);
    const top = this.#interfaceHeight;
    for (const plume of this.#plumes) {
      const flow = entrainmentOf(plume) * plumeKilogramsPerSecond(plume.fire, top - plume.release.place.y);
      moveAir(this.#lower, this.#upper, Math.min(flow * seconds, this.#lower.kilograms - least));
    }
  }

  /** The layer that takes what something releases: a plume gives to the upper one, weaker things to the one around them. */
  #layerOf(release: AirRelease): AirLayer {
    if (!this.#hasUpper) return this.#lower;
    const isPlume = this.#plumes.some((plume) => plume.release === release);
    return isPlume ? this.#upper : this.#layerAt(release.place.y);
  }

  #heat(seconds: number, releases: readonly AirRelease[]): void {
    for (const release of releases) {
      const kilojoules = seconds * release.heatKilowatts;
      warm(this.#layerOf(release), (1 - release.radiativeFraction) * kilojoules);
      this.#surfaces.irradiate(release.radiativeFraction * kilojoules);
    }
  }

  #coolAtSurfaces(seconds: number): void {
    const { height } = this.#options.space;
    const border = this.#interfaceHeight;
    const jetMetresPerSecond = jetSpeedOver(this.#plumes, this.#options.space);
    const emissivity = this.#hasUpper ? smokeEmissivity(this.#upper, this.#options.space) : 0;
    if (this.#hasUpper) {
      const { kelvin, kilograms } = this.#upper;
      const gas = { kelvin, kilograms, emissivity, jetMetresPerSecond };
      warm(this.#upper, -this.#surfaces.exchange(seconds, gas, { low: border, high: height }));
    }
    const { kelvin, kilograms } = this.#lower;
    const gas = { kelvin, kilograms, emissivity: 0, jetMetresPerSecond: 0 };
    warm(this.#lower, -this.#surfaces.exchange(seconds, gas, { low: 0, high: border }));
    this.#surfaces.conduct(seconds, 1 - emissivity * (1 - border / height));
  }

  #mixLayers(seconds: number): void {
    if (!this.#hasUpper) return;
    const warmer = this.#upper.kelvin - this.#lower.kelvin;
    const rate = mixingPerSecond(warmer);
    const least = Math.min(this.#upper.kilograms, this.#lower.kilograms);
    swapAir(this.#upper, this.#lower, least * -Math.expm1(-rate * seconds));
  }

  /**
   * Air changes, and what is released meanwhile. Outdoor air, brought to the room's temperature at the start by its
   * heating or cooling, comes into the lower layer; as much leaves both by their volumes. For one layer at rest this is
   * the exact solution of V·dC/dt = G + Qv·(Cout − C) (facts §4.4), whatever the step: of what is released,
   * (1 − e^(−x))/x is still there at the end.
   */
  #ventilate(seconds: number, releases: readonly AirRelease[]): void {
    const exponent = (this.#options.space.airChangesPerHour * seconds) / 3600;
    const share = -Math.expm1(-exponent);
    for (const layer of [this.#lower, this.#upper]) this.#outside.takeFrom(layer, share * layer.kilograms);
    this.#letIn(share * this.#volume);
    const keptShare = exponent === 0 ? 1 : share / exponent;
    for (const release of releases) this.#take(release, { seconds, keptShare });
  }

  #take(release: AirRelease, during: { readonly seconds: number; readonly keptShare: number }): void {
    const inside = this.#layerOf(release).carried;
    const keptSeconds = during.seconds * during.keptShare;
    const burnt = Math.max(0, release.heatKilowatts) / kilojoulesPerKilogramOxygen;
    const oxygen = Math.min(burnt, oxygenPerCo2Max * release.co2KilogramsPerSecond);
    // A fire cannot use more than there is: what is missing is counted, so that none is lost.
    const missing = Math.max(0, keptSeconds * oxygen - inside.oxygen);
    this.#missingOxygen += missing;
    this.#usedOxygen += during.seconds * oxygen - missing;
    inside.oxygen += missing;
    for (const [carried, seconds] of [
      [inside, keptSeconds],
      [this.#outside.leftCarried, during.seconds - keptSeconds],
    ] as const) {
      carried.co2 += seconds * release.co2KilogramsPerSecond;
      carried.co += seconds * release.coKilogramsPerSecond;
      carried.soot += seconds * release.sootKilogramsPerSecond;
      carried.water += seconds * release.waterKilogramsPerSecond;
      carried.oxygen -= seconds * oxygen;
    }
  }

  /** Supply air goes into the layer that it is blown into, or that it is as warm as: cold air sinks out of smoke. */
  #blowIn(seconds: number, supply: AirSupply): void {
    const kelvin = supply.celsius + zeroCelsiusKelvin;
    const isWarm = kelvin > (this.#upper.kelvin + this.#lower.kelvin) / 2;
    const layer = isWarm ? this.#layerAt(supply.place.y) : this.#lower;
    const kilograms = seconds * supply.cubicMetresPerSecond * densityAt(kelvin);
    this.#outside.bringTo(layer, { kilograms: supply.outdoorShare * kilograms, kelvin });
    this.#outside.condition(layer, { kilograms: (1 - supply.outdoorShare) * kilograms, kelvin });
  }

  #drawOut(seconds: number, exhaust: AirExhaust): void {
    const layer = this.#layerAt(exhaust.place.y);
    this.#outside.takeFrom(layer, seconds * exhaust.cubicMetresPerSecond * densityAt(layer.kelvin));
  }

  #layerAt(heightMetres: number): AirLayer {
    return this.#hasUpper && heightMetres > this.#interfaceHeight ? this.#upper : this.#lower;
  }

  /** What expands is pushed out, what shrinks is made up for: the layers fill the room, no more and no less. */
  #holdPressure(seconds: number, openings: readonly RoomOpening[]): void {
    const excess = volumeOf(this.#lower) + volumeOf(this.#upper) - this.#volume;
    if (openings.length > 0) this.#flowThrough(openings, { seconds, excess });
    else if (excess < 0) this.#letIn(-excess);
    else {
      const share = excess / (this.#volume + excess);
      for (const layer of [this.#lower, this.#upper]) this.#outside.takeFrom(layer, share * layer.kilograms);
    }
  }

  #flowThrough(
    openings: readonly RoomOpening[],
    { seconds, excess }: { readonly seconds: number; readonly excess: number },
  ): void {
    const sides = {
      lowerKelvin: this.#lower.kelvin,
      upperKelvin: this.#hasUpper ? this.#upper.kelvin : this.#lower.kelvin,
      interfaceHeightMetres: this.#interfaceHeight,
    };
    const flows = openingFlows(openings, sides, excess / seconds);
    this.#outside.takeFrom(this.#upper, flows.outOfUpper * seconds * densityAt(this.#upper.kelvin));
    this.#outside.takeFrom(this.#lower, flows.outOfLower * seconds * densityAt(this.#lower.kelvin));
    openings.forEach(({ outsideCelsius }, i) => {
      const kelvin = outsideCelsius + zeroCelsiusKelvin;
      const kilograms = flows.inwards[i]! * seconds * densityAt(kelvin);
      this.#outside.bringTo(this.#lower, { kilograms, kelvin });
    });
  }

  /** Lets outdoor air come in through gaps, brought to the temperature at which the room began. */
  #letIn(cubicMetres: number): void {
    const kelvin = this.#startKelvin;
    this.#outside.bringTo(this.#lower, { kilograms: cubicMetres * densityAt(kelvin), kelvin });
  }

  /** Layers that have become alike are one again. */
  #mergeLayers(): void {
    if (!this.#hasUpper || this.#plumes.length > 0) return;
    const [lower, upper] = [this.#lower, this.#upper];
    const outdoorPpm = this.#options.outdoorCo2Ppm;
    const upperPpm = ppmOf("co2", upper.carried.co2 / upper.kilograms);
    const apartPpm = Math.abs(upperPpm - ppmOf("co2", lower.carried.co2 / lower.kilograms));
    const isSamePpm = apartPpm < samePpm + sameShare * Math.abs(upperPpm - outdoorPpm);
    const alike = Math.abs(upper.kelvin - lower.kelvin) < sameKelvin && isSamePpm;
    const isThin = volumeOf(upper) < smallestUpperShare * this.#volume;
    if (alike || isThin) moveAir(upper, lower, upper.kilograms);
  }

  #upperShareAt(height: number): number {
    if (!this.#hasUpper) return 0;
    const blend = blendShare * this.#options.space.height;
    return Math.min(1, Math.max(0, (height - this.#interfaceHeight) / blend + 0.5));
  }
}
