import type { EscalationPolicy } from "#core/incident/escalation-policy.ts";
import type { Clock } from "#core/time.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import { type AnswerWays, answerOnSite } from "./answer-on-site.ts";
import type { IncidentApiTarget } from "./incident-api.ts";
import type { IncidentDesk } from "./incident-desk.ts";
import { latencyReport, notificationState } from "./incident-reports.ts";
import type { IncidentStore } from "./incident-store.ts";
import type { NotificationChannel } from "./notification/notification-channel.ts";

/** Who is told, and by which channels. */
export interface HubNotification {
  readonly policy: EscalationPolicy;
  readonly channels: readonly NotificationChannel[];
}

/** What the API's view of incidents is put together from. */
export interface IncidentTargetParts {
  readonly clock: Clock;
  readonly desk: IncidentDesk;
  readonly incidents: IncidentStore;
  readonly devices: { views(): DeviceView[]; view(id: string): DeviceView | null };
  readonly zones: AnswerWays["zones"];
  readonly commands: { readonly ask: AnswerWays["ask"] };
  readonly notification: HubNotification | null;
}

/** The incidents of a hub as its API asks them. */
export function incidentTarget(parts: IncidentTargetParts): IncidentApiTarget {
  const { clock, desk, incidents, devices, zones, commands, notification } = parts;
  const ask: AnswerWays["ask"] = async (device, request) =>
    devices.view(device)?.online === true ? commands.ask(device, request) : { kind: "silent" };
  return {
    page: (query) => incidents.page(query),
    detail: (id) => desk.detail(id),
    latency: (span) =>
      latencyReport({ incidents, devices: devices.views(), nowMicros: clock.nowMicros() }, span),
    act: (id, act) => desk.act(id, act),
    answerOnSite: ({ standing }, act) =>
      answerOnSite(
        standing.map(({ key }) => key),
        act,
        { zones, ask },
      ),
    notificationState: () =>
      notificationState({
        policy: notification?.policy ?? null,
        state: desk.escalation,
        nowMicros: clock.nowMicros(),
        nobody: desk.nobody,
        channels: notification?.channels.map(({ name }) => name) ?? [],
      }),
    snooze: (request) => desk.take({ kind: "snooze", ...request }),
    testMessage: (to) => desk.take({ kind: "test-message", ...to }),
  };
}
