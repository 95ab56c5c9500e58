import assert from "node:assert/strict";
import { test } from "node:test";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";
import { officeSpace } from "#support/office-space.ts";
import { celsiusToRadiance, radianceToCelsius } from "../band-radiance.ts";
import { Picture } from "../picture.ts";
import type { SceneThing } from "../scene-thing.ts";
import { renderStillScene } from "../still-scene.ts";
import { Drive } from "./drive.ts";
import { DryIceBowl } from "./dry-ice-bowl.ts";
import { OpenDoor } from "./open-door.ts";
import { StandingCup } from "./standing-cup.ts";
import { SunPatch } from "./sun-patch.ts";
import { SupplyAir } from "./supply-air.ts";
import { TableKettle } from "./table-kettle.ts";
import { WarmedBox } from "./warmed-box.ts";

const bowlBox = {
  name: "bowl",
  look: { celsius: 20.6 },
  low: { x: 0.22, y: 0, z: 3.22 },
  high: { x: 0.48, y: 0.3, z: 3.48 },
};
const still = renderStillScene({ ...officeSpace, boxes: [...officeSpace.boxes, bowlBox] }, new Random(1));
const air = {
  ambientCelsius: 21,
  lowerCelsius: 21,
  upperCelsius: 22,
  interfaceHeightMetres: 2,
  oxygenMassFraction: 0.23,
};

function heatOf(thing: SceneThing): Float32Array {
  const excess = new Float32Array(still.celsius.length);
  thing.heat?.(still, excess);
  return excess;
}

function run(thing: SceneThing, from: number, to: number): void {
  for (let step = Math.round(10 * from) + 1; step <= Math.round(10 * to); step += 1)
    thing.step(0.1, { seconds: step / 10, air });
}

function drawn(thing: SceneThing, seconds: number): Float64Array {
  const picture = new Picture(still.depth);
  picture.radiance.set(still.celsius.map(celsiusToRadiance));
  thing.draw?.(picture, { camera: still.camera, still, room: officeSpace, seconds, air });
  return Float64Array.from(picture.radiance, radianceToCelsius);
}

function boxNamed(name: string): (typeof officeSpace.boxes)[number] {
  return officeSpace.boxes.find((box) => box.name === name)!;
}

test("a patch of sun lies on what faces the sun, moves 15° an hour and leaves warmth behind", () => {
  const patch = new SunPatch({
    room: officeSpace,
    opening: { axis: "x", at: -2.2, along: [2.8, 4], up: [1, 2.2], blind: null },
    bearingDegrees: -90,
    elevationDegrees: 30,
    fullKelvin: 20,
    warmingSeconds: 300,
    skyAt: () => 1,
  });
  const first = heatOf(patch).slice();
  const lit = (excess: Float32Array): number[] => [...excess.keys()].filter((i) => excess[i]! > 3);
  const floor = lit(first).filter((i) => still.places[3 * i + 1]! < 0.01);
  assert.ok(floor.length > 20, `${floor.length} floor points`);
  for (const i of floor) assert.ok(still.places[3 * i]! > -2.2 && first[i]! <= 20);
  for (let minute = 1; minute <= 40; minute += 1) {
    run(patch, 60 * (minute - 1) + 59, 60 * minute);
    heatOf(patch);
  }
  const later = heatOf(patch);
  const meanZ = (points: readonly number[]): number =>
    points.reduce((sum, i) => sum + still.places[3 * i + 2]!, 0) / points.length;
  assert.ok(meanZ(lit(first)) - meanZ(lit(later)) > 0.05, `${meanZ(lit(first))} to ${meanZ(lit(later))}`);
});

test("behind a cloud the patch fades as slowly as the floor cools", () => {
  const patch = new SunPatch({
    room: officeSpace,
    opening: {
      axis: "x",
      at: -2.2,
      along: [2.8, 4],
      up: [1, 2.2],
      blind: { slatMetres: 0.2, openShare: 0.5 },
    },
    bearingDegrees: -90,
    elevationDegrees: 30,
    fullKelvin: 20,
    warmingSeconds: 300,
    skyAt: (seconds) => (seconds > 1 ? 0 : 1),
  });
  const before = Math.max(...heatOf(patch));
  run(patch, 0, 10);
  heatOf(patch);
  run(patch, 10, 310);
  const after = Math.max(...heatOf(patch));
  assert.ok(Math.abs(after / before - Math.exp(-300 / 300)) < 0.05, `${after / before}`);
});

test("only what lies within a warmed box is warmed, by what is told for each part of it", () => {
  const { low, high } = boxNamed("radiator");
  const radiator = new WarmedBox({ low, high, kelvinAt: (seconds, { up }) => seconds * up });
  run(radiator, 0, 10);
  const excess = heatOf(radiator);
  for (let i = 0; i < excess.length; i += 1)
    if (excess[i] !== 0) {
      const [x, y, z] = [0, 1, 2].map((axis) => still.places[3 * i + axis]!) as [number, number, number];
      assert.ok(x > low.x - 0.02 && x < high.x + 0.02 && y > low.y - 0.02 && y < high.y + 0.02);
      assert.ok(z > low.z - 0.02);
    }
  assert.ok(Math.max(...excess) > 8 && Math.max(...excess) <= 10);
});

test("an open door shows the weather and cools the floor before it, and shuts again", () => {
  const { low, high } = boxNamed("door");
  const door = new OpenDoor({
    low,
    high,
    opensAtSeconds: 5,
    staysOpenSeconds: 30,
    insideCelsius: 21,
    outsideCelsius: -8,
    movingSeconds: 1,
  });
  const coldest = (seconds: number): number => Math.min(...drawn(door, seconds));
  const shut = coldest(1);
  assert.ok(shut > 12);
  run(door, 0, 30);
  assert.ok(coldest(30) < -5);
  const [opening] = door.exchanges();
  assert.ok(opening?.kind === "opening" && opening.outsideCelsius === -8);
  assert.ok(Math.abs(opening.widthMetres - 0.85) < 1e-9 && Math.abs(opening.soffitMetres - 2.02) < 1e-9);
  const floor = Math.min(...heatOf(door));
  assert.ok(floor < -1 && floor > -10, `${floor} K`);
  assert.equal(coldest(60), shut);
  run(door, 30, 60);
  assert.deepEqual(door.exchanges(), []);
});

test("ventilation blows warm and rests, and exchanges the room's air only while it blows", () => {
  const supply = new SupplyAir({
    low: { x: -1, y: 2.2, z: 5.1 },
    high: { x: -0.4, y: 2.4, z: 5.2 },
    supplyCelsius: 45,
    roomCelsius: 21,
    cubicMetresPerSecond: 0.05,
    runSeconds: 60,
    restSeconds: 60,
    startPhaseSeconds: 0,
    outdoorShare: 0.4,
    gusts: [() => 1, () => 0.5, () => 0],
  });
  run(supply, 0, 55);
  const [blown] = supply.exchanges();
  assert.ok(blown?.kind === "supply" && blown.celsius === 45);
  assert.deepEqual([blown.cubicMetresPerSecond, blown.outdoorShare], [0.05, 0.4]);
  const warm = Math.max(...heatOf(supply));
  assert.ok(warm > 15 && warm < 34, `${warm} K`);
  run(supply, 55, 118);
  assert.deepEqual(supply.exchanges(), []);
  assert.ok(Math.max(...heatOf(supply)) < 0.4 * warm);
});

test("a kettle comes to the boil, steams for seconds and is then below 95 °C and silent", () => {
  const kettle = new TableKettle({
    place: { x: -1.2, y: 0.88, z: 4.9 },
    onAtSeconds: 2,
    roomCelsius: 21,
    random: new Random(4),
  });
  let steams = 0;
  for (let second = 0; second < 200; second += 1) {
    run(kettle, second, second + 1);
    if (kettle.releases().length > 0) steams += 1;
  }
  assert.ok(steams > 5 && steams < 15, `${steams} s`);
  const hottest = Math.max(...drawn(kettle, 200));
  assert.ok(hottest > 45 && hottest < 95, `${hottest} °C`);
});

test("a kettle that is used again and again boils each time, and a cup that is refilled is as hot as at first", () => {
  const place = { x: -1.2, y: 0.88, z: 4.9 };
  const kettle = new TableKettle({
    place,
    onAtSeconds: 2,
    everySeconds: 600,
    roomCelsius: 21,
    random: new Random(4),
  });
  const boils = [0, 0];
  for (let second = 0; second < 1_200; second += 1) {
    run(kettle, second, second + 1);
    if (kettle.releases().length > 0) boils[second < 602 ? 0 : 1]! += 1;
  }
  assert.ok(
    boils.every((seconds) => seconds > 5 && seconds < 15),
    `${boils} s`,
  );
  const cup = new StandingCup({ place, pouredAtSeconds: 0, everySeconds: 900, roomCelsius: 21 });
  const hottest = (seconds: number): number => Math.max(...drawn(cup, seconds));
  assert.equal(hottest(940), hottest(40));
  assert.ok(hottest(890) < hottest(40) - 5, `${hottest(40)} °C, then ${hottest(890)} °C`);
});

test("dry ice makes cold and CO2 from the moment it comes in", () => {
  const { low, high } = bowlBox;
  const bowl = new DryIceBowl({
    low,
    high,
    atSeconds: 10,
    roomCelsius: 21,
    co2KilogramsPerSecond: 1e-3,
    fogPuffsPerSecond: 5,
    random: new Random(2),
  });
  run(bowl, 0, 9);
  assert.deepEqual(bowl.releases(), []);
  assert.equal(Math.min(...heatOf(bowl)), 0);
  run(bowl, 9, 20);
  assert.equal(bowl.releases()[0]!.co2KilogramsPerSecond, 1e-3);
  assert.ok(Math.min(...heatOf(bowl)) < -50);
  const before = Float64Array.from(still.celsius.map(celsiusToRadiance), radianceToCelsius);
  const colder = drawn(bowl, 20).filter((value, i) => value < before[i]! - 0.5).length;
  assert.ok(colder > 30 && colder < (leptonWidth * leptonHeight) / 3, `${colder} points of fog`);
});

test("a drive passes its stops at its speed, faces where it goes, and begins anew after its pause", () => {
  const drive = new Drive({
    startSeconds: 10,
    stops: [
      { x: 0, z: 8 },
      { x: 0, z: 4 },
      { x: 3, z: 4 },
    ],
    metresPerSecond: 2,
    pauseSeconds: 20,
  });
  assert.deepEqual([drive.at(0).x, drive.at(0).z, drive.at(0).metresPerSecond], [0, 8, 0]);
  const halfway = drive.at(11);
  assert.ok(Math.abs(halfway.z - 6) < 1e-9 && Math.abs(halfway.heading) < 1e-9);
  const second = drive.at(14.2);
  assert.ok(second.x > 1 && Math.abs(second.heading - Math.PI / 2) < 1e-9);
  let last = drive.at(10);
  for (let t = 10.1; t < 35; t += 0.1) {
    const now = drive.at(t);
    assert.ok(Math.hypot(now.x - last.x, now.z - last.z) < 0.25, `jump at ${t} s`);
    last = now;
  }
  assert.ok(Math.abs(drive.at(11 + 25.9).z - 6) < 1e-6);
});
