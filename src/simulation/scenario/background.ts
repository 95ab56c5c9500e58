import type { Random } from "#core/random.ts";
import { StandingCup } from "../scene/everyday/standing-cup.ts";
import { WarmedBox } from "../scene/everyday/warmed-box.ts";
import type { RoomBox } from "../scene/room-layout.ts";
import type { SceneThing } from "../scene/scene-thing.ts";
import { stageHvac } from "./everyday/stage-hvac.ts";
import { stageSun } from "./everyday/stage-sun.ts";
import { wallPanel } from "./everyday/wall-panel.ts";
import { CastPeople, type Manner } from "./people/cast-people.ts";
import { isDoor } from "./people/floor-ways.ts";
import type { EpisodeLot, FloorArea, Staging } from "./scenario.ts";

/** What goes on in a room besides the scenario: people, warm things. */
export interface Background {
  readonly boxes: readonly RoomBox[];
  readonly things: readonly SceneThing[];
}

/** Shares of episodes in which each goes on (assumed: so that all are common enough to be learnt from). */
const peopleShare = 0.45;
const warmThingShare = 0.4;
const sunShare = 0.12;
const hvacShare = 0.15;
const peopleMax = 3;
const manners: readonly Manner[] = ["visits", "visits", "works", "roams", "passes"];
/** Facts 4.8: laptops, chargers and transformers 35 to 70 °C. */
const laptopCelsius = [28, 45] as const;
const chargerCelsius = [30, 70] as const;

/**
 * Draws what goes on besides the scenario, in episodes with and without fire alike, before ignition and after: quiet in
 * some, people in others, warm things, sun and ventilation in a few. It knows nothing of the scenario but where things
 * stand and drive, and burn or would burn: people keep off there. Nothing in it tells a fire from its unlit twin.
 */
export function stageBackground(lot: EpisodeLot, staging: Staging): Background {
  const random = lot.random("choice");
  const parts: Background[] = [];
  if (random.uniform() < peopleShare) parts.push(people(lot, random, keptOff(staging)));
  if (random.uniform() < warmThingShare) parts.push(warmThings(lot));
  const day = lot.climate.hourOfDay > 7 && lot.climate.hourOfDay < 18;
  const clouds = random.uniform() < 0.5 ? "broken" : "clear";
  const blind = random.uniform() < 0.3;
  // Half of the hours are day: the share holds over all episodes.
  if (random.uniform() < 2 * sunShare && day)
    parts.push({ boxes: [], things: [stageSun(lot, { clouds, blind })] });
  const air = random.uniform() < 0.5 ? "hot" : "cold";
  if (random.uniform() < hvacShare) parts.push(stageHvac(lot, air));
  return {
    boxes: parts.flatMap(({ boxes }) => boxes),
    things: parts.flatMap(({ things }) => things),
  };
}

function people(lot: EpisodeLot, random: Random, keepOff: readonly FloorArea[]): Background {
  const cast = new CastPeople(lot, keepOff);
  const count = 1 + random.integer(peopleMax);
  const things = Array.from({ length: count }, () =>
    cast.person(
      manners[random.integer(manners.length)]!,
      random.uniform() < 0.15 ? { cup: { pouredAtSeconds: -random.between(5, 200) } } : {},
    ),
  );
  return { boxes: [], things };
}

/** People keep this far from what a scenario brings along, and farther from where its heat belongs (assumed). */
const besideBoxMetres = 0.25;
const besideHeatMetres = 0.5;
/** What hangs higher than a head is walked under. */
const headMetres = 1.6;

/** What people of the background keep off: lit or not, the fire counts. */
function keptOff({ boxes, hotPlaces, keepOff = [] }: Staging): readonly FloorArea[] {
  const wider = ({ low, high }: FloorArea, metres: number): FloorArea => ({
    low: { x: low.x - metres, z: low.z - metres },
    high: { x: high.x + metres, z: high.z + metres },
  });
  const standing = boxes.filter((box) => box.low.y < headMetres && !isDoor(box));
  return [
    ...keepOff,
    ...standing.map((box) => wider(box, besideBoxMetres)),
    ...hotPlaces.map((place) => wider(place, besideHeatMetres)),
  ];
}

/** A laptop, a charger at the wall, a cup: one to three of them, some switched on while nobody looks. */
function warmThings(lot: EpisodeLot): Background {
  const random = lot.random("warm-things");
  const { insideCelsius } = lot.climate;
  const parts: Background[] = [];
  if (random.uniform() < 0.6) parts.push(laptop(lot, random));
  if (random.uniform() < 0.5) parts.push(charger(lot, random));
  if (random.uniform() < 0.5) {
    const { place } = lot.room.surfaces[random.integer(lot.room.surfaces.length)]!;
    const pouredAtSeconds = -random.between(10, 1500);
    parts.push({
      boxes: [],
      things: [new StandingCup({ place, pouredAtSeconds, roomCelsius: insideCelsius })],
    });
  }
  return {
    boxes: parts.flatMap(({ boxes }) => boxes),
    things: parts.flatMap(({ things }) => things),
  };
}

function laptop(lot: EpisodeLot, random: Random): Background {
  const { insideCelsius } = lot.climate;
  const surfaces = lot.room.surfaces;
  const { place, halfWidthMetres } = surfaces[random.integer(surfaces.length)]!;
  const x = place.x + random.between(-0.4, 0.4) * halfWidthMetres;
  const box: RoomBox = {
    name: "laptop",
    look: { celsius: insideCelsius + 1 },
    low: { x: x - 0.17, y: place.y, z: place.z - 0.12 },
    high: { x: x + 0.17, y: place.y + 0.02, z: place.z + 0.12 },
  };
  return warming(box, { lot, random, celsius: random.between(...laptopCelsius), seconds: 600 });
}

function charger(lot: EpisodeLot, random: Random): Background {
  const places = lot.room.wallPlaces;
  const box = wallPanel(places[random.integer(places.length)]!, {
    name: "charger",
    look: { celsius: lot.climate.insideCelsius + 0.5 },
    width: random.between(0.06, 0.25),
    low: random.between(0.25, 1),
    high: random.between(1.05, 1.2),
    thick: 0.06,
  });
  const high = { ...box.high, y: box.low.y + random.between(0.05, 0.2) };
  const sized = { ...box, high };
  return warming(sized, { lot, random, celsius: random.between(...chargerCelsius), seconds: 500 });
}

/** Something that has been on for long, or is switched on at some time and warms up. */
function warming(
  box: RoomBox,
  how: {
    readonly lot: EpisodeLot;
    readonly random: Random;
    readonly celsius: number;
    readonly seconds: number;
  },
): Background {
  const { lot, random } = how;
  const full = Math.max(2, how.celsius - lot.climate.insideCelsius);
  const onAtSeconds = random.uniform() < 0.5 ? -3600 : random.between(0, lot.seconds);
  const kelvinAt = (seconds: number): number =>
    seconds < onAtSeconds ? 0 : full * -Math.expm1(-(seconds - onAtSeconds) / how.seconds);
  return { boxes: [box], things: [new WarmedBox({ low: box.low, high: box.high, kelvinAt })] };
}
