import type { AlarmSound } from "../alarm-sound.ts";
import type { DashboardStore } from "../dashboard-store.ts";
import { localTimeText } from "../text/local-time-text.ts";
import type { PageLayout } from "./page-layout.ts";
import { SoundSwitch } from "./sound-switch.tsx";

const linkTexts = { connecting: "Connecting…", up: "Connected", down: "No connection" } as const;

/** Name of the product, state of the connection, sound, and who sits here. */
export function TopBar(props: {
  readonly store: DashboardStore;
  readonly sound: AlarmSound;
  readonly layout: PageLayout;
}) {
  const { store, sound, layout } = props;
  return (
    <header class="top-bar">
      <p class="brand">
        <svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <circle cx="12" cy="12" r="10.500" />
          <path d="M12.400 5.500c.5 3 4 4.300 4 7.900a4.400 4.400 0 1 1-8.800 0c0-1.800 1-3.100 1.900-4.200.3 1.100.6 1.700 1.200 2 .1-2.300.6-4 1.700-5.700z" />
        </svg>
        Emberwatch
      </p>
      <p class="link-status" data-link={store.link.value}>
        {linkTexts[store.link.value]}
      </p>
      <Clock store={store} />
      <SoundSwitch store={store} sound={sound} />
      {layout === "desk" && <PersonName store={store} />}
    </header>
  );
}

function Clock({ store }: { readonly store: DashboardStore }) {
  // Reading the ticking signal is what moves the clock.
  const nowMicros = store.nowMs.value >= 0 ? store.hubNowMicros() : 0;
  return <time class="clock">{localTimeText(nowMicros, { nowMicros })}</time>;
}

function PersonName({ store }: { readonly store: DashboardStore }) {
  return (
    <label class="person">
      Your name, for the log
      <input
        type="text"
        autocomplete="name"
        maxLength={100}
        value={store.settings.value.personName}
        onChange={(event) => store.setSettings({ personName: event.currentTarget.value.trim() })}
      />
    </label>
  );
}
