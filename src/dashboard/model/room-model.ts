import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { RegionsMessage } from "#wire/device-messages.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import type { LiveFrame } from "#wire/live-frame-codec.ts";
import type { Answer } from "../hub-client.ts";
import { PictureFreshness, staleAfterMs } from "../picture/picture-freshness.ts";
import type { PictureSize } from "./blinded-lines.ts";
import { type ChartPoint, chartPointOf } from "./chart-points.ts";
import { unheardMaxMs } from "./room-knowledge.ts";

/** What came of something a person asked for. */
export interface Notice {
  readonly kind: "working" | "done" | "failed";
  readonly text: string;
  /** The hub's wall clock when it came. */
  readonly atMicros: number;
}

/** What came of a request, as it is to stand on the page. */
export function noticeOf(answer: Answer<string>): Pick<Notice, "kind" | "text"> {
  return answer.ok ? { kind: "done", text: answer.value } : { kind: "failed", text: answer.message };
}

/** All the page holds of one room; components follow the signals they read. */
export interface RoomModel {
  readonly id: string;
  readonly view: Signal<DeviceView>;
  readonly picture: Signal<LiveFrame | null>;
  readonly freshness: PictureFreshness;
  readonly points: Signal<readonly ChartPoint[]>;
  /** Page time, in milliseconds, at which the device last sent something new. */
  readonly heardMs: Signal<number>;
  /** True when that is too long ago. */
  readonly unheard: ReadonlySignal<boolean>;
  /** True while there is no live picture. */
  readonly stale: ReadonlySignal<boolean>;
  readonly notice: Signal<Notice | null>;
  /** Size of the picture; null before the first, and the same object while it stays so. */
  readonly size: ReadonlySignal<PictureSize | null>;
  /** What is drawn into its picture; null until the device has said. */
  readonly regions: Signal<RegionsMessage | null>;
  /** What came of something asked of a part of the picture. */
  readonly partNotice: Signal<Notice | null>;
}

/** A room of which the hub has just told; `nowMs` is the page's time, which moves on. */
export function roomModel(view: DeviceView, nowMs: ReadonlySignal<number>): RoomModel {
  const heardMs = signal(nowMs.peek());
  const picture = signal<LiveFrame | null>(null);
  const freshness = new PictureFreshness();
  return {
    id: view.id,
    view: signal(view),
    picture,
    freshness,
    points: signal<readonly ChartPoint[]>(view.telemetry === null ? [] : [chartPointOf(view.telemetry)]),
    heardMs,
    unheard: computed(() => nowMs.value - heardMs.value > unheardMaxMs),
    // Before the first picture its age is NaN, which is not at most anything.
    stale: computed(() => picture.value === null || !(freshness.ageMs(nowMs.value) <= staleAfterMs)),
    notice: signal<Notice | null>(null),
    size: sizeOf(picture),
    regions: signal<RegionsMessage | null>(null),
    partNotice: signal<Notice | null>(null),
  };
}

function sizeOf(picture: ReadonlySignal<LiveFrame | null>): ReadonlySignal<PictureSize | null> {
  let last: PictureSize | null = null;
  return computed(() => {
    const frame = picture.value;
    if (frame === null || frame.width === 0 || frame.height === 0) return last;
    if (last?.width !== frame.width || last.height !== frame.height)
      last = { width: frame.width, height: frame.height };
    return last;
  });
}
