import { basketPlan } from "../scenario/fires/basket-plan.ts";
import { stageFire } from "../scenario/fires/stage-fire.ts";
import type { EpisodeLot, Scenario, Staging } from "../scenario/scenario.ts";
import { type DemoRoomKind, demoRooms } from "./demo-rooms.ts";

/** What happens in a demo room besides its everyday life. */
export interface DemoStory {
  readonly name: string;
  readonly title: string;
  readonly room: DemoRoomKind;
  readonly seconds: number;
  /** Seconds after the start; Infinity for a fire that is lit on command, null where nothing can burn. */
  readonly igniteAtSeconds: number | null;
  readonly putOutAtSeconds?: number;
}

/** The waste basket stands about so far from the camera. */
const basketMetres = 3.5;

/** A story as a scenario, for what plays scenarios; it is in no library, so that no model learns the demo by heart. */
export function demoScenario(story: DemoStory): Scenario {
  const { name, title, seconds, igniteAtSeconds } = story;
  const { template, climate } = demoRooms[story.room];
  const burns = igniteAtSeconds !== null;
  return {
    name,
    title,
    family: "demo",
    kind: burns ? "fire" : "quiet",
    shows: burns ? "flaming" : "none",
    source: "The demo's rooms (docs/guides/demo-rooms.md).",
    isHotProcess: false,
    rooms: [template],
    shortestSeconds: seconds,
    longestSeconds: seconds,
    settled: {
      climate,
      variation: { growthFactor: 1, flameAbsorptionFactor: 1, gainMode: "high" },
      background: "none",
      ...(burns ? { igniteAtSeconds } : {}),
    },
    stage: (lot) => stageStory(lot, story),
  };
}

/** Clips of the demo's rooms: for `simulate`, the tests and `recordings/`. */
export const demoScenarios: readonly Scenario[] = [
  demoScenario({
    name: "quiet-office",
    title: "Two people come, sit and move; a hot drink, a radiator; nothing burns.",
    room: "occupied",
    seconds: 60,
    igniteAtSeconds: null,
  }),
  demoScenario({
    name: "workshop-fire",
    title: "A waste basket is lit after 20 s.",
    room: "workshop",
    seconds: 60,
    igniteAtSeconds: 20,
  }),
  demoScenario({
    name: "workshop-fire-put-out",
    title: "The same, and put out after 50 s: what it heated cools slowly.",
    room: "workshop",
    seconds: 90,
    igniteAtSeconds: 20,
    putOutAtSeconds: 50,
  }),
];

function stageStory(lot: EpisodeLot, story: DemoStory): Staging {
  const floor = lot.room.floorPlace(basketMetres, lot.random("place"));
  const { putOutAtSeconds } = story;
  const plan = basketPlan(lot, floor);
  const staging = stageFire(lot, { ...plan, ...(putOutAtSeconds === undefined ? {} : { putOutAtSeconds }) });
  const things = demoRooms[story.room].stageLife(lot);
  return { ...staging, things, fire: story.igniteAtSeconds === null ? null : staging.fire };
}
