import type { AlarmEvent } from "./alarm/alarm-event.ts";
import type { AlarmNotice } from "./alarm/alarm-notice.ts";
import type { ZoneEvent } from "./zone/zone-event.ts";

/** A zone said that something happened. */
export interface ZoneHappening {
  readonly type: "zone";
  readonly atMicros: number;
  /** Name of the zone; a device's own zone has the device's. */
  readonly zone: string;
  readonly event: ZoneEvent;
}

/** The alarm machine gave a notice: to be shown and logged, and nobody is called for it. */
export interface NoticeHappening {
  readonly type: "notice";
  readonly atMicros: number;
  readonly notice: AlarmNotice;
}

/** Everything that a device or a zone tells that happened: what is sent, kept, recorded and shown. */
export type DeviceEvent = AlarmEvent | ZoneHappening | NoticeHappening;

/** A zone's event as it is told. */
export function zoneHappening(zone: string, event: ZoneEvent): ZoneHappening {
  return { type: "zone", atMicros: event.atMicros, zone, event };
}

/** A notice as it is told. */
export function noticeHappening(notice: AlarmNotice): NoticeHappening {
  return { type: "notice", atMicros: notice.atMicros, notice };
}

/** Number of an event among those of its machine, for an order within one moment; 0 for a notice, which has none. */
export function eventSequence(event: DeviceEvent): number {
  switch (event.type) {
    case "zone":
      return event.event.sequence;
    case "notice":
      return 0;
    default:
      return event.sequence;
  }
}
