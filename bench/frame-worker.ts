import { parentPort, workerData } from "node:worker_threads";
import { ScriptedRoom } from "#support/scripted-camera.ts";

/** A picture and when it was handed over, in milliseconds since the Unix epoch. */
export interface SentFrame {
  readonly pixels: Uint16Array<ArrayBuffer>;
  readonly capturedAtMicros: number;
  readonly frameCounter: number;
  readonly sentMs: number;
}

/** What the worker is told: real time between two pictures, and after how many the room burns. */
export interface FrameWorkerData {
  readonly periodMs: number;
  readonly startMicros: number;
  readonly quietFrames: number;
}

/** A Lepton's time between two pictures. */
const capturePeriodMicros = 115_000;

const { periodMs, startMicros, quietFrames } = workerData as FrameWorkerData;
const room = new ScriptedRoom();
let count = 0;

// As a camera's capture thread: pictures are made and handed over beside the thread that decides.
setInterval(() => {
  count += 1;
  const atMicros = startMicros + count * capturePeriodMicros;
  if (count === quietFrames) room.burn(atMicros);
  const { pixels, frameCounter } = room.frameAt(atMicros);
  const whole = new Uint16Array(pixels);
  const sent: SentFrame = {
    pixels: whole,
    capturedAtMicros: atMicros,
    frameCounter,
    sentMs: performance.timeOrigin + performance.now(),
  };
  parentPort?.postMessage(sent, [whole.buffer]);
}, periodMs);
