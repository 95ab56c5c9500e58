import { plainOffice } from "#simulation/scenario/plain-office.ts";
import type { EpisodeLot, Scenario, Staging } from "#simulation/scenario/scenario.ts";
import type { FireThing, FireTruth } from "#simulation/scene/scene-thing.ts";

const flameCelsius = 300;

/** A scenario for tests: a disc of 300 °C, four pixels wide, in the middle of an office, from ignition on. */
export const smallFireScenario: Scenario = {
  name: "small-fire",
  family: "test",
  kind: "fire",
  shows: "flaming",
  title: "A hot disc appears in an office.",
  source: "Made up for tests.",
  isHotProcess: false,
  rooms: [plainOffice],
  shortestSeconds: 20,
  longestSeconds: 20,
  stage: (lot): Staging => ({
    boxes: [],
    things: [],
    fire: smallFire(lot),
    hotPlaces: [],
    cameraEvents: [],
  }),
};

function smallFire({ igniteAtSeconds }: EpisodeLot): FireThing {
  let burns = false;
  let flamePixels = 0;
  return {
    place: { x: 0, y: 1, z: 3 },
    get truth(): FireTruth {
      return {
        stage: burns ? "flaming" : "none",
        heatReleaseKilowatts: burns ? 20 : 0,
        flamePixels: burns ? flamePixels : 0,
        hotPixels: 0,
      };
    },
    step: (_stepSeconds, { seconds }) => {
      burns = seconds >= igniteAtSeconds;
    },
    releases: () => [],
    draw(picture, { camera }) {
      const seen = camera.project({ x: 0, y: 1, z: 3 });
      if (!burns || seen === null) return;
      const ends = { fromX: seen.x, fromY: seen.y, toX: seen.x, toY: seen.y, fromRadius: 2, toRadius: 2 };
      const even = { celsius: flameCelsius, edgeCelsius: flameCelsius, foldsKelvin: 0, foldsPhase: 0 };
      picture.drawCapsule({ ...ends, ...even, depth: seen.depth });
      flamePixels = 12;
    },
  };
}
