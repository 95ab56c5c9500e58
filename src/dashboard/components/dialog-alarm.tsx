import type { DashboardStore } from "../dashboard-store.ts";

/** Repeats an alarm inside a dialog, because a dialog hides the rest of the page from screen readers. */
export function DialogAlarm({ store }: { readonly store: DashboardStore }) {
  const { tone, headline } = store.summary.value;
  const alarm = tone === "fire" || tone === "gas-hazard";
  return (
    <p role="alert" class="dialog-alarm" data-tone={tone}>
      {alarm ? headline : ""}
    </p>
  );
}
