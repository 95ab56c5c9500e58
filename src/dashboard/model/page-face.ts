import type { Tone } from "./lamps.ts";
import type { LinkStatus } from "./room-knowledge.ts";
import type { SiteSummary } from "./site-summary.ts";

/** What the browser's tab shows. */
export interface PageFace {
  readonly title: string;
  readonly icon: string;
}

const icons: Readonly<Record<Tone, string>> = {
  fire: "favicon-fire.svg",
  "gas-hazard": "favicon-fire.svg",
  prealarm: "favicon-warning.svg",
  unknown: "favicon-unknown.svg",
  supervisory: "favicon-warning.svg",
  trouble: "favicon-warning.svg",
  disabled: "favicon-warning.svg",
  test: "favicon-warning.svg",
  quiet: "favicon-quiet.svg",
};

/** Title and icon of the tab; an alarm stays in front when the connection is lost. */
export function pageFace(summary: SiteSummary, link: LinkStatus): PageFace {
  const alarm = summary.tone === "fire" || summary.tone === "gas-hazard" || summary.tone === "prealarm";
  if (link === "down" && !alarm) return { title: "No connection · Emberwatch", icon: icons.unknown };
  return { title: `${summary.headline} · Emberwatch`, icon: icons[summary.tone] };
}
