import type { AlarmSound } from "../alarm-sound.ts";
import type { DashboardStore } from "../dashboard-store.ts";

/** Says whether this page can be heard, and turns its sound on and off. */
export function SoundSwitch({
  store,
  sound,
}: {
  readonly store: DashboardStore;
  readonly sound: AlarmSound;
}) {
  const status = sound.status.value;
  if (status === "unavailable") return <p class="sound">This browser cannot sound an alarm.</p>;
  const on = status === "ready";
  const toggle = () => {
    store.setSettings({ sound: on ? "off" : "on" });
    if (!on) sound.unlock();
  };
  return (
    <button
      type="button"
      class="button sound"
      data-sound-switch=""
      data-status={status}
      data-tone={store.tone.value}
      aria-pressed={on}
      onClick={toggle}
    >
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500z" />
        {on ? (
          <path d="M15.500 9a4.500 4.500 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11" />
        ) : (
          <path d="M16 9.500l5 5M21 9.500l-5 5" />
        )}
      </svg>
      {on ? "Sound is on" : "Sound is off: click to enable"}
    </button>
  );
}
