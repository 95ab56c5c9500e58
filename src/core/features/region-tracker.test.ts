import assert from "node:assert/strict";
import test from "node:test";
import {
  commissioned,
  disc,
  heated,
  heatedBox,
  near,
  type Paint,
  paintBox,
  RegionScene,
  regionFeature,
  unevenFrames,
} from "#support/region-scene.ts";
import { regionDefinition } from "./region-definition.ts";
import { RegionTracker } from "./region-tracker.ts";

test("a quiet room has no regions", () => {
  assert.deepEqual(commissioned().close(60), []);
});

test("a rectangle that appears is one region, described as drawn", () => {
  const [region, ...others] = commissioned().close(
    1,
    heated(() => 102),
  );
  assert.deepEqual(others, []);
  assert.deepEqual(region!.box, heatedBox);
  assert.equal(region!.centroidX, 11.5);
  assert.equal(region!.centroidY, 12.5);
  assert.equal(region!.backgroundCelsius, 22);
  assert.equal(regionFeature(region!, "r_area"), 24);
  assert.equal(regionFeature(region!, "r_peak"), 102);
  assert.equal(regionFeature(region!, "r_excess"), 24 * 80);
  assert.equal(regionFeature(region!, "r_aspect"), 6 / 4);
  assert.equal(regionFeature(region!, "r_age"), 0);
});

test("in the first second of a track everything that looks back is absent", () => {
  const [region] = commissioned().close(
    1,
    heated(() => 102),
  );
  for (const name of [
    "r_area_vel",
    "r_peak_vel",
    "r_move",
    "r_rise",
    "r_flicker",
    "r_area_flicker",
    "r_overlap",
    "r_excess_vel",
  ] as const)
    assert.ok(Number.isNaN(regionFeature(region!, name)), name);
});

test("peak and excess slopes of steady heating are its rates", () => {
  const scene = commissioned();
  const [region] = scene.close(
    12,
    heated((s) => 42 + 5 * (s - 10)),
  );
  near(regionFeature(region!, "r_peak_vel"), 5, 1e-5);
  near(regionFeature(region!, "r_excess_vel"), 24 * (5 - 0.02), 1e-3);
  assert.equal(regionFeature(region!, "r_area_vel"), 0);
  assert.equal(regionFeature(region!, "r_age"), 11);
});

test("a growing disc has the slope of its area and stays the same track", () => {
  const scene = commissioned();
  const areaAt = (s: number) => 30 + 20 * (s - 10);
  const paint = disc((s) => Math.sqrt(areaAt(s) / Math.PI), 150);
  const [first] = scene.close(1, paint);
  const [region] = scene.close(14, paint);
  near(regionFeature(region!, "r_area_vel"), 20, 0.6);
  assert.equal(region!.trackId, first!.trackId);
});

test("a square that rises has moved by its displacement of four seconds, upwards counted positive", () => {
  const scene = commissioned();
  const square: Paint = (picture, s) => {
    const t = s - 10;
    paintBox(picture, { left: 5 + t, top: 20 - 2 * t, right: 10 + t, bottom: 25 - 2 * t }, 80);
  };
  const [young] = scene.close(4, square);
  assert.ok(Number.isNaN(regionFeature(young!, "r_move")));
  const [region] = scene.close(1, square);
  near(regionFeature(region!, "r_move"), Math.hypot(4, 8), 1e-9);
  assert.equal(regionFeature(region!, "r_rise"), 8);
  assert.equal(region!.trackId, young!.trackId);
});

test("overlap is intersection over union with the region a second ago", () => {
  const scene = commissioned();
  scene.close(1, (picture) => paintBox(picture, { left: 5, top: 5, right: 8, bottom: 8 }, 60));
  const [region] = scene.close(1, (picture) =>
    paintBox(picture, { left: 6, top: 5, right: 9, bottom: 8 }, 60),
  );
  near(regionFeature(region!, "r_overlap"), 12 / 20, 1e-12);
});

test("overlap is absent when there was no second ago", () => {
  const scene = commissioned();
  scene.close(
    1,
    heated(() => 60),
  );
  scene.skip(2);
  const [region] = scene.close(
    1,
    heated(() => 60),
  );
  assert.ok(Number.isNaN(regionFeature(region!, "r_overlap")));
});

test("the share of pixels at 140 °C and the count of severe ones are those drawn", () => {
  const [region] = commissioned().close(1, (picture) => {
    paintBox(picture, heatedBox, 139.9);
    paintBox(picture, { left: 10, top: 10, right: 12, bottom: 11 }, 140);
  });
  assert.equal(regionFeature(region!, "r_saturated"), 6 / 24);
  assert.equal(region!.severePixels, 6);
  assert.equal(region!.newSeverePixels, 6);
});

test("a known flicker at 3 Hz is measured from the frames, and a steady region has none", () => {
  const scene = new RegionScene();
  const frames = [0, 1, 2, 3, 4, 5, 6, 7, 8]
    .map((i) => (i + 0.3 + 0.1 * Math.sin(7 * i)) / 8.7)
    .filter((t) => t < 1);
  scene.play(10, () => {}, frames);
  const amplitude = 30;
  const wave = (s: number) => 122 + amplitude * Math.sin(2 * Math.PI * 3 * s);
  const [region] = scene.play(
    8,
    (picture, s) => {
      paintBox(picture, heatedBox, wave(s));
      paintBox(picture, { left: 30, top: 20, right: 34, bottom: 24 }, 70);
    },
    frames,
  );
  near(regionFeature(region!, "r_flicker"), amplitude / Math.SQRT2 / 100, 0.03);
  assert.ok(regionFeature(region!, "r_area_flicker") < 1e-6);
  const steady = scene.play(
    1,
    (picture) => paintBox(picture, { left: 30, top: 20, right: 34, bottom: 24 }, 70),
    frames,
  );
  assert.ok(regionFeature(steady[0]!, "r_flicker") < 1e-3);
});

test("a flame whose height pulses flickers in area", () => {
  const scene = new RegionScene();
  const frames = [0.05, 0.16, 0.27, 0.39, 0.5, 0.62, 0.73, 0.85, 0.96];
  scene.play(10, () => {}, frames);
  const [region] = scene.play(
    8,
    (picture, s) => {
      const height = 10 + 3 * Math.sin(2 * Math.PI * 2.2 * s);
      paintBox(picture, { left: 10, top: 25 - Math.round(height), right: 17, bottom: 24 }, 120);
    },
    frames,
  );
  near(regionFeature(region!, "r_area_flicker"), 3 / Math.SQRT2 / 10, 0.03);
  assert.ok(regionFeature(region!, "r_flicker") < 1e-3);
});

test("one big sun patch and three warm bodies do not hide a small growing fire", () => {
  const scene = commissioned();
  const warm: Paint = (picture) => {
    paintBox(picture, { left: 0, top: 0, right: 14, bottom: 14 }, 40);
    paintBox(picture, { left: 17, top: 0, right: 22, bottom: 8 }, 38);
    paintBox(picture, { left: 25, top: 0, right: 30, bottom: 8 }, 38);
    paintBox(picture, { left: 33, top: 0, right: 38, bottom: 8 }, 38);
  };
  assert.equal(scene.close(60, warm).length, 4);
  const regions = scene.close(5, (picture, s) => {
    warm(picture, s);
    paintBox(picture, { left: 20, top: 20, right: 20, bottom: 20 }, 22 + 4 * (s - 70));
  });
  assert.equal(regions.length, 4);
  assert.ok(regions.some((region) => region.peakY === 20 && regionFeature(region, "r_peak") === 42));
  assert.equal(regionFeature(regions[0]!, "r_area"), 225, "the greatest excess heat comes first");
});

test("at most four regions are reported and sixteen followed, however many there are", () => {
  const scene = commissioned();
  const dots: Paint = (picture) => {
    for (let y = 0; y < 30; y += 3) for (let x = 0; x < 40; x += 3) picture[y * 40 + x] = 60 + x + y;
  };
  for (let i = 0; i < 20; i += 1) {
    const regions = scene.close(1, dots);
    assert.equal(regions.length, 4);
    assert.ok(regions.every((region) => region.trackId <= regionDefinition.tracksMax));
  }
});

test("a region lost for a few seconds comes back as the same track, and after longer as a new one", () => {
  const scene = commissioned();
  const paint = heated(() => 80);
  const [first] = scene.close(5, paint);
  assert.deepEqual(scene.close(5), []);
  const [again] = scene.close(1, paint);
  assert.equal(again!.trackId, first!.trackId);
  assert.equal(regionFeature(again!, "r_age"), 10);
  scene.close(regionDefinition.unseenSecondsMax + 1);
  const [fresh] = scene.close(1, paint);
  assert.notEqual(fresh!.trackId, first!.trackId);
  assert.equal(regionFeature(fresh!, "r_age"), 0);
});

test("a flame of one pixel that hops to its neighbour stays the same flame", () => {
  const scene = commissioned();
  const ids = new Set<number>();
  for (let i = 0; i < 10; i += 1) {
    const left = 20 + (i % 3);
    const [region] = scene.close(1, (picture) =>
      paintBox(picture, { left, top: 7, right: left, bottom: 7 }, 90),
    );
    ids.add(region!.trackId);
  }
  assert.equal(ids.size, 1);
});

test("a region that splits goes on as its larger part, and finds the other again when they merge and part", () => {
  const scene = commissioned();
  const parts: Paint = (picture) => {
    paintBox(picture, { left: 5, top: 5, right: 14, bottom: 14 }, 80);
    paintBox(picture, { left: 16, top: 5, right: 20, bottom: 14 }, 70);
  };
  const joined: Paint = (picture, s) => {
    parts(picture, s);
    paintBox(picture, { left: 15, top: 9, right: 15, bottom: 9 }, 70);
  };
  const [whole] = scene.close(5, joined);
  const apart = scene.close(5, parts);
  assert.equal(apart[0]!.trackId, whole!.trackId);
  assert.equal(apart.length, 2);
  const merged = scene.close(2, joined);
  assert.deepEqual(
    merged.map((region) => region.trackId),
    [whole!.trackId],
  );
  assert.deepEqual(
    scene.close(1, parts).map((region) => region.trackId),
    apart.map((region) => region.trackId),
  );
});

test("a region at the border keeps to the picture", () => {
  const scene = new RegionScene();
  const frames = [0.1, 0.3, 0.5, 0.7, 0.9];
  const corners: Paint = (picture) => {
    paintBox(picture, { left: 0, top: 0, right: 1, bottom: 1 }, 90);
    paintBox(picture, { left: 38, top: 28, right: 39, bottom: 29 }, 91);
  };
  scene.play(10, () => {}, frames);
  const regions = scene.play(6, corners, frames);
  assert.deepEqual(
    regions.map((region) => region.box),
    [
      { left: 38, top: 28, right: 39, bottom: 29 },
      { left: 0, top: 0, right: 1, bottom: 1 },
    ],
  );
});

test("time that steps back ends the tracks", () => {
  const scene = commissioned();
  const [first] = scene.close(
    5,
    heated(() => 80),
  );
  scene.seconds -= 3;
  const [again] = scene.close(
    1,
    heated(() => 80),
  );
  assert.notEqual(again!.trackId, first!.trackId);
});

test("pictures of another size are a programmer's error", () => {
  const tracker = new RegionTracker({ width: 4, height: 3, ignored: new Uint8Array(12), background: null });
  const picture = new Float32Array(11);
  assert.throws(() => tracker.closeSecond({ atMicros: 0, medianCelsius: picture, maxCelsius: picture }));
});

test("a body that speeds up beyond its own width stays the same track", () => {
  const scene = commissioned();
  const ids = [0, 3, 9, 18, 30].map((left) => {
    const [region] = scene.close(1, (picture) =>
      paintBox(picture, { left, top: 5, right: left + 2, bottom: 10 }, 35),
    );
    return region!.trackId;
  });
  assert.equal(new Set(ids).size, 1);
});

test("a flame of one pixel that was lost is found again beside where it was", () => {
  const scene = commissioned();
  const [before] = scene.close(1, (picture) =>
    paintBox(picture, { left: 20, top: 7, right: 20, bottom: 7 }, 90),
  );
  scene.close(2);
  const [after] = scene.close(1, (picture) =>
    paintBox(picture, { left: 22, top: 8, right: 22, bottom: 8 }, 90),
  );
  assert.equal(after!.trackId, before!.trackId);
});

test("a region that was not there 30 s ago counts as grown by all of its heat, and later as not grown", () => {
  const scene = commissioned();
  const warm: Paint = (picture) => {
    for (const left of [0, 8, 16, 24, 32])
      paintBox(picture, { left, top: 0, right: left + 5, bottom: 8 }, 40);
  };
  scene.close(60, warm);
  const withNew: Paint = (picture, s) => {
    warm(picture, s);
    paintBox(picture, { left: 20, top: 20, right: 21, bottom: 21 }, 60);
    for (const left of [0, 8, 16, 24])
      paintBox(picture, { left, top: 0, right: left + 5, bottom: 8 }, 40 + (s - 70) / 10);
  };
  const sees = (seconds: number) => scene.close(seconds, withNew).some((region) => region.peakY === 20);
  assert.ok(sees(1));
  assert.ok(sees(28), "29 s after it began");
  assert.ok(!sees(2), "31 s after it began four others have more heat or have grown more");
});

test("flicker that ended five seconds ago is over", () => {
  const scene = new RegionScene();
  scene.play(10, () => {}, unevenFrames);
  const wave = (s: number) => (s < 16 ? 122 + 30 * Math.sin(2 * Math.PI * 3 * s) : 122);
  const flickerAfter = (seconds: number) =>
    regionFeature(scene.play(seconds, heated(wave), unevenFrames)[0]!, "r_flicker");
  assert.ok(flickerAfter(6) > 0.15);
  assert.ok(flickerAfter(5) < 0.01);
});

test("a track that begins anew knows nothing of the frames of the one before it", () => {
  const scene = new RegionScene();
  scene.play(10, () => {}, unevenFrames);
  const paint = heated(() => 80);
  assert.ok(Number.isFinite(regionFeature(scene.play(6, paint, unevenFrames)[0]!, "r_flicker")));
  scene.seconds -= 3;
  assert.ok(Number.isNaN(regionFeature(scene.close(1, paint)[0]!, "r_flicker")));
});
