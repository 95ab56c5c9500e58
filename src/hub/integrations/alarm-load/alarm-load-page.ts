import { html } from "hono/html";
import type { AlarmLoad, AlarmLoadSource } from "#wire/alarm-load.ts";
import { type Html, plainPage } from "../plain-page.ts";
import { floodCallsMax } from "./alarm-load.ts";

/** Spans that the page offers, in hours. */
export const alarmLoadHours = [1, 8, 24, 168, 744] as const;
/** Ten minutes that are listed, the loudest ones. */
const loudestMax = 12;

/** The alarm load of the last hours for people, without scripts; null load: there were too many events to count. */
export function alarmLoadPage(shown: { readonly hours: number; readonly load: AlarmLoad | null }): Html {
  const { hours, load } = shown;
  const spans = alarmLoadHours.map(
    (span) =>
      html`<a href="/alarm-load?hours=${span}"${span === hours ? html` aria-current="page"` : ""}>${spanText(span)}</a> `,
  );
  return plainPage(
    "alarm load",
    html`<h1>Alarm load</h1>
<p>How much the alarms of the last ${spanText(hours)} asked of people, after EEMUA 191. Other spans: ${spans}</p>
${load === null ? html`<p><b>There were more events than can be counted at once: take a shorter span.</b></p>` : loadHtml(load)}
<p><a href="/">Back to the rooms</a></p>`,
  );
}

function loadHtml(load: AlarmLoad): Html {
  const { calls, averagePerTenMinutes, peak, floods, tenMinutes, worst, chattering, standing } = load;
  const loudest = [...tenMinutes].sort((a, b) => b.calls - a.calls).slice(0, loudestMax);
  return html`<table><tbody>
<tr><th>Calls</th><td>${calls}</td><td>alarms, prealarms, troubles and the like that began; tests left out</td></tr>
<tr><th>In ten minutes</th><td>${averagePerTenMinutes.toFixed(2)}</td><td>${judged(averagePerTenMinutes < 1)}: less than 1 is the goal</td></tr>
<tr><th>Most in ten minutes</th><td>${peak?.calls ?? 0}</td><td>${judged((peak?.calls ?? 0) <= floodCallsMax)}: at most ${floodCallsMax} is the goal</td></tr>
<tr><th>Floods</th><td>${floods}</td><td>${judged(floods === 0)}: ten minutes with more than ${floodCallsMax}</td></tr>
</tbody></table>
${listHtml({ title: "The ten worst", empty: "Nothing called.", list: worst, textOf: worstText })}
${listHtml({ title: "Chattering", empty: "Nothing called three times within a minute.", list: chattering, textOf: chatteringText })}
${listHtml({ title: "Standing now", empty: "Nothing stands.", list: standing, textOf: standingText })}
<h2>Loudest ten minutes</h2>
<table><tbody>${loudest.map((one) => html`<tr><td>${timeText(one.fromMicros)}</td><td>${one.calls} calls</td></tr>`)}</tbody></table>`;
}

function worstText({ calls, share }: AlarmLoad["worst"][number]): string {
  return `${calls} ${calls === 1 ? "call" : "calls"}, ${(100 * share).toFixed(0)} %`;
}

function chatteringText({ mostWithinMinute }: AlarmLoad["chattering"][number]): string {
  return `${mostWithinMinute} calls within a minute`;
}

function standingText({ sinceMicros }: AlarmLoad["standing"][number]): string {
  return sinceMicros === null ? "" : `since ${timeText(sinceMicros)}`;
}

function listHtml<T extends AlarmLoadSource>(shown: {
  readonly title: string;
  readonly empty: string;
  readonly list: readonly T[];
  readonly textOf: (one: T) => string;
}): Html {
  const { title, empty, list, textOf } = shown;
  const rows = list.map(
    (one) =>
      html`<tr><td>${one.source}</td><td>${[one.kind, one.code].filter((word) => word !== null).join(": ")}</td><td>${textOf(one)}</td></tr>`,
  );
  return html`<h2>${title}</h2>
${rows.length === 0 ? html`<p>${empty}</p>` : html`<table><tbody>${rows}</tbody></table>`}`;
}

function judged(isGood: unknown): string {
  return isGood === true ? "met" : "not met";
}

function spanText(hours: number): string {
  if (hours === 1) return "hour";
  return hours <= 24 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

function timeText(atMicros: number): string {
  return `${new Date(atMicros / 1_000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
