import assert from "node:assert/strict";
import { test } from "node:test";
import { type SecondFields, secondOf } from "#support/feature-seconds.ts";
import type { FrameTelemetry } from "../frames/frame-telemetry.ts";
import { Random } from "../random.ts";
import { RoomWatch } from "./room-watch.ts";

const width = 160;
const height = 120;

type View = (x: number, y: number) => number;

/** A room with a window, a radiator and walls that get warmer upwards, °C. */
const room: View = (x, y) => {
  if (x > 20 && x < 60 && y > 20 && y < 60) return 16;
  if (x > 100 && x < 140 && y > 80 && y < 110) return 30;
  return 21 + 1.5 * (1 - y / height) + (x > 80 ? 0.6 : 0);
};

/** The same room seen by a camera that was turned by a tenth of the picture. */
const turned: View = (x, y) => room(Math.min(width - 1, x + 16), Math.min(height - 1, y + 4));

/** A person of 31 °C who walks through the picture and pauses. */
function withPerson(second: number): View {
  const at = 20 + ((second * 3) % 120);
  return (x, y) => (Math.abs(x - at) < 14 && y > 30 ? 31 : room(x, y));
}

interface Happening {
  readonly seconds: number;
  readonly view: (second: number) => View;
  readonly housingCelsius?: number;
  readonly airCelsius?: number;
  readonly regions?: SecondFields["regions"];
  readonly frames?: "valid" | "none";
}

/** Plays happenings to a watch; its reports as "camera-moved on", with the seconds since the last happening began. */
function play(happenings: readonly Happening[]): readonly string[] {
  const random = new Random(5);
  const story: string[] = [];
  let second = 0;
  let began = 0;
  const watch = new RoomWatch({
    standing: new Set(),
    report: ({ code, active }) => story.push(`${second - began} ${code} ${active ? "on" : "off"}`),
  });
  for (const happening of happenings) {
    began = second;
    for (let step = 0; step < happening.seconds; step += 1) {
      second += 1;
      const { atMicros } = secondOf({ second, regions: [] });
      if (happening.airCelsius !== undefined)
        watch.addAir({
          sampledAtMicros: atMicros,
          co2Ppm: 600,
          temperatureCelsius: happening.airCelsius,
          humidityPercent: 45,
        });
      if (happening.frames !== "none") watch.addFrame(draw(happening, { second, random, atMicros }));
      watch.closeSecond(secondOf({ second, regions: happening.regions ?? [] }));
    }
  }
  return story;
}

/** Noise of 0.05 K; each picture takes a stretch of it that begins anywhere, which is quicker than fresh noise. */
const noiseCentikelvin = ((random: Random) =>
  Float64Array.from({ length: 1 << 17 }, () => 5 * random.normal()))(new Random(6));

const scenes = new WeakMap<View, Float64Array>();

/** A view without noise in hundredths of a kelvin, drawn once. */
function sceneOf(view: View): Float64Array {
  const known = scenes.get(view);
  if (known !== undefined) return known;
  const scene = new Float64Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) scene[y * width + x] = 100 * (view(x, y) + 273.15);
  scenes.set(view, scene);
  return scene;
}

function draw(
  happening: Happening,
  at: { readonly second: number; readonly random: Random; readonly atMicros: number },
): Parameters<RoomWatch["addFrame"]>[0] {
  const scene = sceneOf(happening.view(at.second));
  const noise = noiseCentikelvin.subarray(at.random.integer(noiseCentikelvin.length - scene.length));
  const pixels = new Uint16Array(scene.length);
  for (let k = 0; k < pixels.length; k += 1) pixels[k] = Math.round(scene[k]! + noise[k]!);
  const telemetry: Partial<FrameTelemetry> = {
    housingTemperatureKelvin: (happening.housingCelsius ?? 28) + 273.15,
  };
  return {
    width,
    height,
    capturedAtMicros: at.atMicros,
    frameCounter: at.second,
    unit: "centikelvin",
    pixels,
    telemetry: telemetry as FrameTelemetry,
  };
}

const quiet: Happening = { seconds: 90, view: () => room, airCelsius: 21 };

test("a quiet room, and one with people in it, says nothing", () => {
  assert.deepEqual(play([quiet, { ...quiet, seconds: 300, view: withPerson }]), []);
});

test("a cap on the lens is found within 20 s and over within 10 s", () => {
  const cap: Happening = { ...quiet, seconds: 60, view: () => () => 27 };
  assert.deepEqual(play([quiet, cap, quiet]), ["20 camera-covered on", "10 camera-covered off"]);
});

test("a cloth at another temperature than the housing is found by the contrast that is lost", () => {
  const cloth: Happening = { ...quiet, seconds: 60, view: () => (x) => 19 + x / 400, housingCelsius: 30 };
  assert.deepEqual(play([quiet, cloth]), ["20 camera-covered on"]);
});

test("a camera that was never uncovered is found too", () => {
  assert.deepEqual(play([{ ...quiet, view: () => () => 29.5, housingCelsius: 29 }]), [
    "20 camera-covered on",
  ]);
});

test("a bare wall is no cover", () => {
  const wall: Happening = { ...quiet, seconds: 300, view: () => () => 20.5 };
  assert.deepEqual(play([wall]), []);
});

test("a picture that is all hot is no cover", () => {
  const fire: Happening = { ...quiet, seconds: 60, view: () => () => 160, regions: [{ r_peak: 160 }] };
  assert.deepEqual(play([quiet, fire]), []);
});

test("a camera that was turned by a tenth of the picture is found within 90 s, and over when it is turned back", () => {
  const story = play([quiet, { ...quiet, view: () => turned }, { ...quiet, seconds: 120 }]);
  assert.deepEqual(
    story.map((line) => line.replace(/^\d+ /, "")),
    ["camera-moved on", "camera-moved off"],
  );
  assert.ok(Number.parseInt(story[0]!, 10) <= 90 && Number.parseInt(story[1]!, 10) <= 90, story.join(", "));
});

test("a fire, and the warm walls it leaves behind, are no camera that was moved", () => {
  const burning: View = (x, y) => (x > 40 && x < 120 && y > 30 ? 90 : room(x, y));
  const left: View = (x, y) => (x > 40 && x < 120 && y > 30 ? 40 - x / 10 : room(x, y));
  const story = play([
    quiet,
    { ...quiet, seconds: 120, view: () => burning, regions: [{ r_peak: 90, commissionedCelsius: 21 }] },
    { ...quiet, seconds: 600, view: () => left },
  ]);
  assert.deepEqual(story, []);
});

test("seconds without a picture hold everything", () => {
  assert.deepEqual(play([quiet, { ...quiet, seconds: 300, frames: "none" }, quiet]), []);
});

test("a camera and an air sensor that contradict each other for ten minutes are named, with both temperatures", () => {
  const cold: Happening = { ...quiet, seconds: 660, airCelsius: 2 };
  assert.deepEqual(play([quiet, cold, quiet]), ["600 climate-mismatch on", "60 climate-mismatch off"]);
});

test("a housing colder than the air says that one of the two is wrong", () => {
  assert.deepEqual(play([{ ...quiet, seconds: 660, housingCelsius: 5 }]), ["600 climate-mismatch on"]);
});
