import { type Signal, signal } from "@preact/signals";
import type { DeviceView } from "#wire/hub-api.ts";
import type { LiveFrame } from "#wire/live-frame-codec.ts";
import { PictureFreshness } from "../picture/picture-freshness.ts";
import { type ChartPoint, chartPointOf } from "./chart-points.ts";

/** What came of something a person asked for. */
export interface Notice {
  readonly kind: "working" | "done" | "failed";
  readonly text: string;
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
  readonly notice: Signal<Notice | null>;
}

/** A room of which the hub has just told. */
export function roomModel(view: DeviceView, nowMs: number): RoomModel {
  return {
    id: view.id,
    view: signal(view),
    picture: signal<LiveFrame | null>(null),
    freshness: new PictureFreshness(),
    points: signal<readonly ChartPoint[]>(view.telemetry === null ? [] : [chartPointOf(view.telemetry)]),
    heardMs: signal(nowMs),
    notice: signal<Notice | null>(null),
  };
}
