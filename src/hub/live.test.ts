import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { WebSocket } from "ws";
import { alarmMessage, sampleMicros, telemetryMessageAt } from "#support/alarm-samples.ts";
import { fixtureView } from "#support/fixture-room.ts";
import { LiveClient } from "#support/live-client.ts";
import { ManualClock } from "#support/manual-clock.ts";
import type { RegionsMessage } from "#wire/device-messages.ts";
import { encodeLiveFrame } from "#wire/live-frame-codec.ts";
import { eventBacklogBytesMax, Live, livePagesMax, pageMessageBytesMax } from "./live.ts";
import { deviceLeaseSeconds, watchLapsesAfterMs } from "./watch-leases.ts";

const options = { timeout: 30_000 } as const;

class Stage {
  readonly clock = new ManualClock(sampleMicros);
  readonly asked: [string, number][] = [];
  readonly live: Live;
  readonly server: Server;
  /** What devices have said of their pictures. */
  readonly regions = new Map<string, RegionsMessage>();
  url = "";
  #onAsk: () => void = () => {};

  constructor() {
    this.live = new Live({
      clock: this.clock,
      devices: () => [...this.regions.keys()].map((id) => fixtureView(id)),
      zones: () => [],
      regions: (id) => this.regions.get(id) ?? null,
      askForPictures: (device, seconds) => {
        this.asked.push([device, seconds]);
        this.#onAsk();
      },
      log: () => {},
    });
    this.server = createServer((_request, response) => response.end());
    this.server.on("upgrade", (request, socket, head) => this.live.upgrade(request, socket, head));
  }

  async start(t: TestContext): Promise<Stage> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    this.live.start();
    t.after(() => {
      this.live.stop();
      this.server.close();
    });
    return this;
  }

  async page(): Promise<LiveClient> {
    const page = new LiveClient(this.url);
    await page.message((message) => (message.type === "devices" ? message : false));
    return page;
  }

  async asksFor(count: number): Promise<void> {
    while (this.asked.length < count)
      await new Promise<void>((resolve) => {
        this.#onAsk = resolve;
      });
  }

  async refused(path: string, headers: Record<string, string> = {}): Promise<string> {
    const socket = new WebSocket(`${this.url.replace("http", "ws")}${path}`, { headers });
    const error: Error = await new Promise((resolve, reject) => {
      socket.once("error", resolve);
      socket.once("open", () => reject(new Error("was let in")));
    });
    return error.message;
  }
}

function picture(counter: number): Buffer {
  return Buffer.from(
    encodeLiveFrame({
      width: 160,
      height: 120,
      unit: "centikelvin",
      capturedAtMicros: sampleMicros,
      frameCounter: counter,
      ffcState: null,
      pixels: new Uint16Array(19_200).fill(29_515),
    }),
  );
}

test(
  "pages are told of what is drawn into a picture, when they come and when it changes",
  options,
  async (t) => {
    const stage = await new Stage().start(t);
    const regions = { v: 1, atMicros: sampleMicros, regions: [], blindedShare: 0.25, proposals: [] } as const;
    stage.regions.set("kitchen", { ...regions, regions: [], proposals: [] });
    const page = await stage.page();
    const shares = () =>
      page.messages.flatMap((one) => (one.type === "regions" ? one.regions.blindedShare : []));
    await page.until(() => shares().length === 1);
    stage.live.tellRegions("kitchen", { ...regions, blindedShare: 0.5, regions: [], proposals: [] });
    await page.until(() => shares().length === 2);
    assert.deepEqual(shares(), [0.25, 0.5]);
  },
);

test(
  "pictures go only to pages that watch the device, and stop when they no longer do",
  options,
  async (t) => {
    const stage = await new Stage().start(t);
    const watching = await stage.page();
    const other = await stage.page();
    watching.watch(["kitchen"]);
    await stage.asksFor(1);
    assert.deepEqual(stage.asked, [["kitchen", deviceLeaseSeconds]]);
    stage.live.tellFrame("office", picture(1));
    stage.live.tellFrame("kitchen", picture(2));
    await watching.until(() => watching.pictures.length > 0);
    assert.deepEqual(
      watching.pictures.map(({ device, frame }) => [device, frame.frameCounter]),
      [["kitchen", 2]],
    );
    watching.watch(["office"]);
    await stage.asksFor(2);
    stage.live.tellFrame("kitchen", picture(3));
    stage.live.tellEvent("kitchen", alarmMessage({ id: "event-0001", sequence: 1 }));
    await watching.message((message) => (message.type === "event" ? message : false));
    assert.equal(watching.pictures.length, 1);
    assert.equal(other.pictures.length, 0);
  },
);

test(
  "a device is asked again for pictures while it is watched, and no longer afterwards",
  options,
  async (t) => {
    const stage = await new Stage().start(t);
    const page = await stage.page();
    page.watch(["kitchen"]);
    await stage.asksFor(1);
    stage.clock.advanceMs(5_000);
    assert.equal(stage.asked.length, 2);
    page.close();
    await page.closed();
    stage.live.tellTelemetry("kitchen", telemetryMessageAt(sampleMicros));
    stage.clock.advanceMs(watchLapsesAfterMs);
    const asked = stage.asked.length;
    stage.clock.advanceMs(60_000);
    assert.equal(stage.asked.length, asked);
  },
);

test("a page that comes later asks for pictures at once, and once", options, async (t) => {
  const stage = await new Stage().start(t);
  const first = await stage.page();
  first.watch(["kitchen"]);
  await stage.asksFor(1);
  const second = await stage.page();
  second.watch(["kitchen"]);
  await stage.asksFor(2);
  second.watch(["kitchen"]);
  second.watch(["kitchen", "office"]);
  await stage.asksFor(3);
  assert.deepEqual(
    stage.asked.map(([device]) => device),
    ["kitchen", "kitchen", "office"],
  );
});

test("other addresses, other names and other sites' pages are refused", options, async (t) => {
  const stage = await new Stage().start(t);
  assert.match(await stage.refused("/api/other"), /404/);
  assert.match(await stage.refused("/api/live", { host: "evil.example" }), /403/);
  assert.match(await stage.refused("/api/live", { origin: "http://evil.example" }), /403/);
  const own = new WebSocket(`${stage.url.replace("http", "ws")}/api/live`, {
    headers: { origin: stage.url },
  });
  await once(own, "open");
  own.terminate();
});

test("more pages than the maximum are refused", options, async (t) => {
  const stage = await new Stage().start(t);
  await Promise.all(Array.from({ length: livePagesMax }, () => stage.page()));
  assert.match(await stage.refused("/api/live"), /503/);
});

test("a page that talks nonsense or too much is closed, and the others stay", options, async (t) => {
  const stage = await new Stage().start(t);
  const good = await stage.page();
  for (const nonsense of [
    "{",
    '{"type":"watch","devices":["../x"]}',
    Buffer.from([1]),
    "x".repeat(pageMessageBytesMax + 1),
  ]) {
    const socket = new WebSocket(`${stage.url.replace("http", "ws")}/api/live`);
    await once(socket, "open");
    socket.send(nonsense);
    await once(socket, "close");
  }
  stage.live.tellEvent("kitchen", alarmMessage({ id: "event-0001", sequence: 1 }));
  await good.message((message) => (message.type === "event" ? message : false));
});

test(
  "a page that does not read misses pictures, then is closed rather than left without events",
  options,
  async (t) => {
    const stage = await new Stage().start(t);
    const page = new WebSocket(`${stage.url.replace("http", "ws")}/api/live`);
    await once(page, "open");
    page.send(JSON.stringify({ type: "watch", devices: ["kitchen"] }));
    await stage.asksFor(1);
    page.pause();
    const closed = once(page, "close");
    // Far more than the socket buffers and the picture backlog take: pictures beyond are dropped, not queued.
    const one = picture(1);
    for (let n = 0; n < 2_000; n += 1) stage.live.tellFrame("kitchen", one);
    const event = alarmMessage({ id: "event-0001", sequence: 1 });
    const bytes = JSON.stringify(event).length;
    for (let told = 0; told < 3 * eventBacklogBytesMax; told += bytes) stage.live.tellEvent("kitchen", event);
    page.resume();
    await closed;
  },
);

test("a page that no longer answers is taken to be gone", options, async (t) => {
  const stage = await new Stage().start(t);
  const page = new WebSocket(`${stage.url.replace("http", "ws")}/api/live`, { autoPong: false });
  await once(page, "open");
  const closed = once(page, "close");
  stage.clock.advanceMs(20_000);
  await closed;
});
