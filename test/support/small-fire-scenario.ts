import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { roomTemplates } from "#simulation/scenario/rooms/room-templates.ts";
import type { EpisodeLot, Scenario, Staging } from "#simulation/scenario/scenario.ts";
import { PinholeCamera } from "#simulation/scene/pinhole-camera.ts";
import type { FireThing, FireTruth } from "#simulation/scene/scene-thing.ts";

const flameCelsius = 300;
const distanceMetres = 1.2;

/** A scenario for tests: a disc of 300 °C, four pixels wide, in the middle of the picture, from ignition on. */
export const smallFireScenario: Scenario = {
  name: "small-fire",
  family: "test",
  kind: "fire",
  shows: "flaming",
  title: "A hot disc appears in an office.",
  source: "Made up for tests.",
  isHotProcess: false,
  rooms: [roomTemplates.office],
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

function smallFire({ igniteAtSeconds, room }: EpisodeLot): FireThing {
  const { position } = room.space.camera;
  const ray = new PinholeCamera(room.space.camera).ray(leptonWidth / 2, leptonHeight / 2);
  const place = {
    x: position.x + ray.x * distanceMetres,
    y: position.y + ray.y * distanceMetres,
    z: position.z + ray.z * distanceMetres,
  };
  let burns = false;
  let flamePixels = 0;
  return {
    place,
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
      const seen = camera.project(place);
      if (!burns || seen === null) return;
      const ends = { fromX: seen.x, fromY: seen.y, toX: seen.x, toY: seen.y, fromRadius: 2, toRadius: 2 };
      const even = { celsius: flameCelsius, edgeCelsius: flameCelsius, foldsKelvin: 0, foldsPhase: 0 };
      picture.drawCapsule({ ...ends, ...even, depth: seen.depth });
      flamePixels = 12;
    },
  };
}
