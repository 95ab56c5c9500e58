import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "#support/manual-clock.ts";
import type { MakeCaptureReader } from "./capture-reader.ts";
import { captureReopenDelayMs } from "./capture-source.ts";
import { InlineCapture } from "./inline-capture.ts";
import type { SpiLink } from "./spi-link.ts";
import { TransportFailure } from "./transport-failure.ts";

/** A link whose faults a test switches. */
class SwitchedLinks {
  fault: "none" | "open" | "read" = "none";
  opened = 0;
  open = 0;

  openLink(): SpiLink {
    if (this.fault !== "none") throw new TransportFailure("device-missing", "It is not there.");
    this.opened += 1;
    this.open += 1;
    let isOpen = true;
    return {
      read: (into) => {
        if (this.fault !== "none") throw new TransportFailure("gone", "It has vanished.");
        into.fill(7);
      },
      close: () => {
        if (isOpen) this.open -= 1;
        isOpen = false;
      },
    };
  }
}

function build() {
  const clock = new ManualClock();
  const links = new SwitchedLinks();
  const told: unknown[] = [];
  const makeReader: MakeCaptureReader = ({ spi, outlet, settings, clock: time }) => {
    const packet = new Uint8Array(2);
    return {
      readDue() {
        spi.read(packet);
        outlet.offer({ settings, first: packet[0], atMs: time.monotonicMs() }, []);
        return 100;
      },
      receive: (message) => outlet.offer(message, []),
      linkReopened: () => outlet.offer("the reader knows", []),
    };
  };
  const openLink = () => links.openLink();
  const capture = new InlineCapture({ clock, openLink, makeReader, settings: "settings" });
  const listener = {
    onMessage: (message: unknown) => told.push(message),
    onFailure: (failure: TransportFailure) => told.push(failure.code),
    onLinkReopened: () => told.push("reopened"),
  };
  return { clock, links, told, capture, listener };
}

const packetAt = (atMs: number) => ({ settings: "settings", first: 7, atMs });

test("a reader is called when it said, and hears what its owner says", async () => {
  const { clock, told, capture, listener } = build();
  await capture.start(listener);
  clock.advanceMs(250);
  capture.send("hello");
  assert.deepEqual(told, [packetAt(0), packetAt(100), packetAt(200), "hello"]);
  await capture.stop();
});

test("nothing goes on after a stop", async () => {
  const { clock, links, told, capture, listener } = build();
  await capture.start(listener);
  clock.advanceMs(50);
  await capture.stop();
  await capture.stop();
  capture.send("hello");
  clock.advanceMs(10_000);
  assert.deepEqual(told, [packetAt(0)]);
  assert.equal(links.open, 0);
  assert.equal(clock.timersSet, 0);
});

test("a link that fails is told once and tried again every second until it works", async () => {
  const { clock, links, told, capture, listener } = build();
  await capture.start(listener);
  clock.advanceMs(0);
  links.fault = "read";
  clock.advanceMs(100 + 3 * captureReopenDelayMs);
  assert.deepEqual(told, [packetAt(0), "gone"]);
  assert.equal(links.open, 0);
  links.fault = "none";
  clock.advanceMs(captureReopenDelayMs);
  assert.deepEqual(told.slice(2, 4), ["the reader knows", "reopened"]);
  assert.equal(links.opened, 2);
  assert.equal(told.length, 5);
  await capture.stop();
});

test("a link that cannot be opened at the start is told once and looked for until it is there", async () => {
  const { clock, links, told, capture, listener } = build();
  links.fault = "open";
  await capture.start(listener);
  clock.advanceMs(3 * captureReopenDelayMs);
  assert.deepEqual(told, ["device-missing"]);
  links.fault = "none";
  clock.advanceMs(captureReopenDelayMs);
  assert.deepEqual(told.slice(1, 3), ["the reader knows", "reopened"]);
  await capture.stop();
  assert.equal(clock.timersSet, 0);
});
