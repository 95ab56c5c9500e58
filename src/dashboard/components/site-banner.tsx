import type { DashboardStore } from "../dashboard-store.ts";
import type { Tone } from "../model/lamps.ts";
import { localTimeText } from "../text/local-time-text.ts";
import { ActButton } from "./act-button.tsx";
import { LampIcon } from "./lamp-icon.tsx";
import type { PageLayout } from "./page-layout.ts";

const answerable: readonly Tone[] = ["fire", "prealarm"];
const shown: readonly Tone[] = [...answerable, "gas-hazard"];

/** The worst of the whole site, why, and what to do; with the keys to answer it. */
export function SiteBanner({
  store,
  layout,
}: {
  readonly store: DashboardStore;
  readonly layout: PageLayout;
}) {
  const summary = store.summary.value;
  const first = store.rooms.value.find((room) => room.id === summary.rooms[0]);
  return (
    <section class="banner" data-tone={summary.tone} aria-labelledby="site-headline">
      <LampIcon tone={summary.tone} name="banner-icon" />
      <div class="banner-words">
        <h1 id="site-headline">{summary.headline}</h1>
        {summary.reasons.map((reason) => (
          <p key={reason}>{reason}</p>
        ))}
        <p class="banner-advice">
          {summary.whatToDo}
          {summary.sinceMicros !== null && (
            <span class="banner-since">
              {" "}
              Since {localTimeText(summary.sinceMicros, { nowMicros: store.hubNowMicros() })}.
            </span>
          )}
        </p>
      </div>
      {layout === "desk" && first !== undefined && shown.includes(summary.tone) && (
        <div class="banner-acts">
          {answerable.includes(summary.tone) && (
            <>
              <ActButton
                key={`acknowledge ${first.id}`}
                store={store}
                room={first}
                act="acknowledge"
                look="strong"
              />
              <ActButton key={`silence ${first.id}`} store={store} room={first} act="silence" look="strong" />
            </>
          )}
          <a class="button" href={`#room-${first.id}`}>
            Show the room
          </a>
        </div>
      )}
    </section>
  );
}
