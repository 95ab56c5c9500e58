import type { ZoneView } from "#wire/zone-api.ts";
import type { DeviceFacts } from "../device-facts.ts";
import { deviceFamilies } from "./device-families.ts";
import type { EventCounts } from "./event-counts.ts";
import { expositionText } from "./exposition-text.ts";
import { type HubFigures, hubFamilies, zoneFamilies } from "./hub-families.ts";

/** What a scrape is made of. */
export interface ScrapeFacts {
  readonly devices: readonly DeviceFacts[];
  /** The zones that the hub runs; those of devices follow the devices. */
  readonly zones: readonly ZoneView[];
  readonly counts: EventCounts;
  readonly hub: HubFigures;
}

/** The answer to a scrape, made anew from what is known now, so that no value outlives what it came from. */
export function metricsText({ devices, zones, counts, hub }: ScrapeFacts): string {
  const ownZones = devices.flatMap(({ view, standing }) =>
    standing === "heard" && view.zone !== undefined ? [view.zone] : [],
  );
  return expositionText([
    ...deviceFamilies(devices),
    ...zoneFamilies([...zones, ...ownZones]),
    ...counts.families(),
    ...hubFamilies(hub),
  ]);
}
