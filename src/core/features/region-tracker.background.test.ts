import assert from "node:assert/strict";
import test from "node:test";
import {
  commissioned,
  disc,
  heated,
  heatedBox,
  near,
  paintBox,
  RegionScene,
  regionFeature,
} from "#support/region-scene.ts";

test("a spark of a single frame makes a region but no severe heat", () => {
  const scene = new RegionScene();
  const steady = new Float32Array(scene.ignored.length).fill(22);
  const sparked = steady.slice().fill(300, 100, 104);
  const close = (maxCelsius: Float32Array) => {
    scene.seconds += 1;
    const { nowMicros: atMicros } = scene;
    return scene.tracker.closeSecond({ atMicros, medianCelsius: steady, maxCelsius }).reported;
  };
  for (let i = 0; i < 10; i += 1) close(steady);
  const [region] = close(sparked);
  assert.equal(regionFeature(region!, "r_area"), 4);
  assert.equal(region!.severePixels, 0);
  assert.equal(regionFeature(region!, "r_saturated"), 0);
});

test("slow heating that the background can follow becomes a region at commissioned + 28 K", () => {
  const scene = commissioned();
  const kelvinPerMinute = 1;
  const paint = heated((s) => 22 + (kelvinPerMinute * (s - 10)) / 60);
  assert.deepEqual(scene.close(27.9 * 60, paint), []);
  const [region] = scene.close(12, paint);
  near(regionFeature(region!, "r_peak"), 50, 0.2);
});

test("slow heating that outruns the background becomes a region once it is 8 K ahead", () => {
  const scene = commissioned();
  const paint = heated((s) => 22 + (3.2 * (s - 10)) / 60);
  assert.deepEqual(scene.close(239, paint), []);
  const [region] = scene.close(3, paint);
  near(regionFeature(region!, "r_peak"), 22 + 3.2 * 4, 0.2);
});

test("a place that has cooled becomes a region again when it is heated", () => {
  const scene = commissioned();
  scene.close(
    300,
    heated(() => 12),
  );
  assert.equal(
    scene.close(
      1,
      heated(() => 20.5),
    ).length,
    1,
  );
});

test("the step of an FFC is neither a region nor growth", () => {
  const scene = commissioned();
  const paint = heated(() => 60);
  scene.close(20, paint);
  scene.skip(3);
  scene.tracker.shiftHistory(9);
  const [region, ...others] = scene.close(1, (picture) => {
    picture.fill(31);
    paintBox(picture, heatedBox, 69);
  });
  assert.deepEqual(others, []);
  assert.equal(regionFeature(region!, "r_area"), 24);
  near(regionFeature(region!, "r_peak_vel"), 0, 1e-5);
  near(regionFeature(region!, "r_excess_vel"), 24 * -0.02, 0.05);
  assert.equal(regionFeature(region!, "r_age"), 23, "the track lived through the FFC");
});

test("the whole picture at the camera's ceiling is one region, at the first second too", () => {
  const scene = new RegionScene();
  for (const region of [
    scene.close(1, (picture) => picture.fill(181)),
    scene.close(600, (picture) => picture.fill(181)),
  ]) {
    assert.equal(region.length, 1);
    assert.equal(regionFeature(region[0]!, "r_area"), 1200);
    assert.equal(regionFeature(region[0]!, "r_saturated"), 1);
    assert.deepEqual(region[0]!.box, { left: 0, top: 0, right: 39, bottom: 29 });
  }
});

test("a stove that was hot at commissioning is severe but not new; a fire beside it is", () => {
  const scene = new RegionScene();
  const stove = heated(() => 200);
  const [atStart] = scene.close(60, stove);
  assert.equal(atStart!.severePixels, 24);
  assert.equal(atStart!.newSeverePixels, 0);
  const [withFire] = scene.close(1, (picture, s) => {
    stove(picture, s);
    paintBox(picture, { left: 14, top: 10, right: 15, bottom: 12 }, 250);
  });
  assert.equal(withFire!.severePixels, 30);
  assert.equal(withFire!.newSeverePixels, 6);
  assert.equal(withFire!.trackId, atStart!.trackId);
});

test("a fire that grows while the device is being commissioned is a region from its first seconds", () => {
  const scene = new RegionScene();
  const [region] = scene.close(
    5,
    disc((s) => s, 180),
  );
  assert.ok(regionFeature(region!, "r_area") > 70);
  assert.ok(region!.newSeverePixels > 60);
});

test("ignored pixels are never part of a region, also when the map changes", () => {
  const scene = commissioned();
  scene.ignored.fill(1, 10 * 40, 16 * 40);
  assert.deepEqual(
    scene.close(
      5,
      heated(() => 300),
    ),
    [],
  );
  scene.ignored.fill(0, 15 * 40, 16 * 40);
  const [region] = scene.close(
    1,
    heated(() => 300),
  );
  assert.equal(regionFeature(region!, "r_area"), 4);
});

test("after a restart with its snapshot a fire is a region in the first second, without one it is not forgotten either", () => {
  const scene = commissioned();
  scene.close(
    5,
    heated(() => 150),
  );
  const snapshot = scene.tracker.snapshot();
  const [withSnapshot] = new RegionScene(snapshot).close(
    1,
    heated(() => 150),
  );
  assert.equal(withSnapshot!.newSeverePixels, 24);
  const [without] = new RegionScene().close(
    1,
    heated(() => 150),
  );
  assert.equal(without!.severePixels, 24);
});

test("a pixel without a value until commissioning was over, and then found hot, is told as hot from the beginning", () => {
  const scene = new RegionScene();
  const at = 5 * scene.width + 6;
  scene.close(12, (picture) => picture.fill(Number.NaN, at, at + 1));
  assert.equal(scene.last.commissionedHot, null);
  scene.close(1, (picture) => picture.fill(150, at, at + 1));
  assert.deepEqual(scene.last.commissionedHot, { x: 6, y: 5, celsius: 150, pixels: 1 });
});
