import { celsiusToRadiance, radianceToCelsius } from "../band-radiance.ts";
import type { Build } from "../body.ts";
import { PerStill } from "../per-still.ts";
import type { Picture } from "../picture.ts";
import type { AirAround, SceneView } from "../scene-thing.ts";
import type { StillScene } from "../still-scene.ts";

/** Every so many picture points are enough for a mean; prime to the width, so that the points are spread. */
const pointsApart = 7;
/** Flames count as this warm: most of what they shine on a person falls on the side that the camera does not see. */
const warmestCountedCelsius = 200;
/** How far surfaces of a body follow the room: cloth nearly all the way, skin less, as blood carries heat off (assumed). */
const clothShare = 0.8;
const skinShare = 0.35;
/** Heights over the floor of a grown person's trousers, shirt and face, as shares of the body height. */
const trousersHeight = 0.3;
const shirtHeight = 0.68;
const faceHeight = 0.92;
/** The border of the hot layer is blurred over this height. */
const layerBlurMetres = 0.3;
const faintestKelvin = 0.02;

/**
 * How somebody's clothing and skin warm with a room that a fire heats. Law: a surface's excess is a share (cloth 0.8, skin
 * 0.35) of the excess of the operative temperature, which is the mean of the air's at that height and of the mean radiant
 * one (as in ISO 7726 for still air). The mean radiant temperature is that of all the camera sees when the person is drawn.
 * There is no lag of its own: cloth is far lighter than the walls and the air that it follows. In a room that is as warm
 * as at the start nothing changes, with fire or without.
 */
export class BodyWarmth {
  readonly #startRadiance = new PerStill(({ celsius }: StillScene) =>
    meanOf(celsius.length, (i) => celsiusToRadiance(celsius[i]!)),
  );

  /** The build with its surfaces as warm as they are in this room now. */
  warmed(build: Build, picture: Picture, view: SceneView): Build {
    const radiant = this.#radiantKelvin(picture, view.still);
    const { heightMetres } = build;
    const rise = (share: number, height: number): number =>
      share * 0.5 * (radiant + airKelvin(view.air, height * heightMetres));
    const trousers = rise(clothShare, trousersHeight);
    const shirt = rise(clothShare, shirtHeight);
    const skin = rise(skinShare, faceHeight);
    if (Math.max(Math.abs(trousers), Math.abs(shirt), Math.abs(skin)) < faintestKelvin) return build;
    return {
      ...build,
      skinCelsius: build.skinCelsius + skin,
      clothingCelsius: build.clothingCelsius + shirt,
      trousersCelsius: build.trousersCelsius + trousers,
    };
  }

  #radiantKelvin({ radiance }: Picture, still: StillScene): number {
    const most = celsiusToRadiance(warmestCountedCelsius);
    const now = meanOf(radiance.length, (i) => Math.min(most, radiance[i]!));
    return radianceToCelsius(now) - radianceToCelsius(this.#startRadiance.of(still));
  }
}

function meanOf(length: number, valueAt: (index: number) => number): number {
  let sum = 0;
  for (let i = 0; i < length; i += pointsApart) sum += valueAt(i);
  return sum / Math.ceil(length / pointsApart);
}

function airKelvin(air: AirAround, heightMetres: number): number {
  const above = (heightMetres - air.interfaceHeightMetres) / layerBlurMetres + 0.5;
  const inLayer = Math.min(1, Math.max(0, above));
  return air.lowerCelsius + inLayer * (air.upperCelsius - air.lowerCelsius) - air.ambientCelsius;
}
