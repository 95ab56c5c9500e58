import type { Random } from "#core/random.ts";
import type { Build } from "../body.ts";

/** Who somebody is and how they are dressed. */
export interface Dress {
  readonly who: "grown" | "child";
  readonly dress: "indoor" | "coat";
  /** The room's warmth. */
  readonly roomCelsius: number;
  /** The weather, which a coat brings in. */
  readonly outsideCelsius: number;
}

/** Skin that is seen, and how it follows the room (facts §4.8: 30 to 36 °C; slope assumed). */
const skinAt21Celsius = [32.3, 33.8] as const;
const skinPerKelvin = 0.12;
/** Share of the way from the room's warmth to the skin's that clothing is warmed: shirt, trousers, winter coat (assumed). */
const shirtShare = [0.5, 0.72] as const;
const trousersShare = [0.4, 0.55] as const;
const coatShare = [0.18, 0.35] as const;
/** How much of the difference to the weather a coat and a face still have after coming in (assumed). */
const coatWeatherShare = 0.25;
const skinWeatherShare = 0.08;

/** Draws what somebody looks like to the camera: skin follows the room a little, cloth more, coats bring the weather in. */
export function dressedBuild(dress: Dress, random: Random): Build {
  const { roomCelsius, outsideCelsius } = dress;
  const coat = dress.dress === "coat";
  const child = dress.who === "child";
  const weather = coat ? Math.min(0, outsideCelsius - roomCelsius) : 0;
  const skinCelsius =
    random.between(...skinAt21Celsius) + skinPerKelvin * (roomCelsius - 21) + skinWeatherShare * weather;
  const cloth = (range: readonly [number, number]): number =>
    roomCelsius + random.between(...range) * (skinCelsius - roomCelsius);
  return {
    heightMetres: child ? random.between(0.95, 1.45) : random.between(1.56, 1.9),
    girth: child ? random.between(0.62, 0.8) : random.between(0.9, 1.2) * (coat ? 1.12 : 1),
    skinCelsius,
    clothingCelsius: cloth(coat ? coatShare : shirtShare) + coatWeatherShare * weather,
    trousersCelsius: cloth(trousersShare) + 0.5 * coatWeatherShare * weather,
    foldsPhase: random.between(0, 6.28),
  };
}
