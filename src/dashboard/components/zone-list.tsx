import type { ZoneView } from "#wire/zone-api.ts";
import type { DashboardStore } from "../dashboard-store.ts";
import { countdownText, disabledPartLines, zoneKey, zoneWords } from "../model/zone-words.ts";
import { durationText } from "../text/duration-text.ts";
import { localTimeText } from "../text/local-time-text.ts";
import { LampIcon } from "./lamp-icon.tsx";
import type { PageLayout } from "./page-layout.ts";
import { ZoneDetectors } from "./zone-detectors.tsx";
import { ZoneKey } from "./zone-key.tsx";

/** The zones: how they stand, what panel and evacuation wait for, and the keys to answer. */
export function ZoneList({ store, layout }: { readonly store: DashboardStore; readonly layout: PageLayout }) {
  const zones = store.zones.value;
  if (zones.length === 0) return null;
  return (
    <section class="zones" aria-labelledby="zones-title">
      <h2 id="zones-title">Zones</h2>
      <ul class="zone-rows">
        {zones.map((zone) => (
          <ZoneRow key={zoneKey(zone)} store={store} zone={zone} layout={layout} />
        ))}
      </ul>
    </section>
  );
}

function ZoneRow(props: {
  readonly store: DashboardStore;
  readonly zone: ZoneView;
  readonly layout: PageLayout;
}) {
  const { store, zone, layout } = props;
  const nameOf = (id: string): string => store.nameOf(id);
  const words = zoneWords(zone, nameOf);
  const views = store.rooms.value.map(({ view }) => view.value);
  const notice = store.zoneNotices.value.get(zoneKey(zone)) ?? null;
  return (
    <li class="zone" data-tone={words.tone}>
      <LampIcon tone={words.tone} name="zone-icon" />
      <div class="zone-words">
        <h3>
          {zone.name}: {words.headline}
        </h3>
        {words.waits !== null && <ZoneCountdown store={store} zone={zone} waits={words.waits} />}
        {[...words.lines, ...disabledPartLines(zone, views, nameOf)].map((line) => (
          <p key={line}>{line}</p>
        ))}
        <ConditionEnd store={store} what="Enabled again by itself" untilMicros={zone.disabledUntilMicros} />
        <ConditionEnd store={store} what="The test ends by itself" untilMicros={zone.testUntilMicros} />
        {layout === "desk" && zone.runBy === "hub" && <ZoneDetectors store={store} zone={zone} />}
        <p class="act-notice" role="status" data-kind={notice?.kind}>
          {notice?.text}
        </p>
      </div>
      {layout === "desk" && <ZoneKeys store={store} zone={zone} />}
    </li>
  );
}

/** Not spoken each second: the announcement says once what is waited for. */
function ZoneCountdown(props: {
  readonly store: DashboardStore;
  readonly zone: ZoneView;
  readonly waits: string;
}) {
  const { store, zone, waits } = props;
  // Reading the second keeps the time that is left true.
  const nowMicros = store.nowSeconds.value >= 0 ? store.hubNowMicros() : 0;
  if (zone.holdEndsAtMicros === null) return null;
  return (
    <p class="zone-countdown" role="timer" aria-live="off">
      Panel waits: <strong>{countdownText(zone.holdEndsAtMicros, nowMicros)}</strong> left, {waits}
    </p>
  );
}

/** Not spoken each second either. */
function ConditionEnd(props: {
  readonly store: DashboardStore;
  readonly what: string;
  readonly untilMicros: number | null;
}) {
  const { store, what, untilMicros } = props;
  const nowMicros = store.nowSeconds.value >= 0 ? store.hubNowMicros() : 0;
  if (untilMicros === null) return null;
  return (
    <p role="timer" aria-live="off">
      {what} {localTimeText(untilMicros, { nowMicros })}, {durationText((untilMicros - nowMicros) / 1_000)}{" "}
      left.
    </p>
  );
}

function ZoneKeys({ store, zone }: { readonly store: DashboardStore; readonly zone: ZoneView }) {
  const { incident, disabled, test } = zone.state;
  const isRaised = incident !== null || zone.state.level === "prealarm";
  return (
    <fieldset class="zone-keys" aria-label={`Acts for the zone ${zone.name}`}>
      {isRaised && <ZoneKey store={store} zone={zone} act="acknowledge" />}
      {incident !== null && <ZoneKey store={store} zone={zone} act="silence" />}
      {isRaised && <ZoneKey store={store} zone={zone} act="reset" />}
      <ZoneKey store={store} zone={zone} act="call-point" />
      {zone.runBy === "hub" && (
        <>
          <ZoneKey
            key={`test ${test !== null}`}
            store={store}
            zone={zone}
            act={test === null ? "start-test" : "end-test"}
          />
          <ZoneKey
            key={`disable ${disabled !== null}`}
            store={store}
            zone={zone}
            act={disabled === null ? "disable" : "enable"}
          />
        </>
      )}
    </fieldset>
  );
}
