import type { EscalationPolicy } from "#core/incident/escalation-policy.ts";
import type { EscalationState } from "#core/incident/escalation-state.ts";
import { latencyLedger } from "#core/incident/latency-ledger.ts";
import { microsPerSecond } from "#core/time.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import type { LatencyReport, NotificationState } from "#wire/incident-api.ts";
import type { IncidentStore } from "./incident-store.ts";

/** Telemetry comes once a second; a clock is told to differ beyond this. */
const clockToleranceSeconds = 3;

/** How long alarms took from stage to stage, and what is wrong with the figures. */
export function latencyReport(
  {
    incidents,
    devices,
    nowMicros,
  }: {
    readonly incidents: Pick<IncidentStore, "stages">;
    readonly devices: readonly DeviceView[];
    readonly nowMicros: number;
  },
  span: { readonly from: number; readonly to: number },
): LatencyReport {
  const stages = incidents.stages(span);
  const spans = [...latencyLedger(stages)];
  const caveats: string[] = [];
  const crossed = spans.find(({ from, to }) => from === "sensed" && to === "received");
  if (crossed !== undefined)
    caveats.push(
      "Spans with two clocks begin by a device's clock and end by the hub's: the difference of these clocks is part of them.",
    );
  if (crossed !== undefined && crossed.negative > 0)
    caveats.push(
      `${crossed.negative} of ${crossed.incidents} alarms were received before they were sensed: the clocks of their devices are ahead of the hub's.`,
    );
  if (stages.length > 0 && stages.every(({ decided, published }) => decided === null && published === null))
    caveats.push("Devices do not tell when they decided and published an alarm: these stages are unknown.");
  for (const { id, online, silentSinceMicros, telemetry } of devices) {
    if (!online || silentSinceMicros !== null || telemetry === null) continue;
    const behindSeconds = (nowMicros - telemetry.atMicros) / microsPerSecond;
    if (Math.abs(behindSeconds) <= clockToleranceSeconds) continue;
    const way = behindSeconds > 0 ? "behind" : "ahead of";
    caveats.push(`The clock of ${id} is ${Math.abs(behindSeconds).toFixed(1)} s ${way} the hub's now.`);
  }
  return { quantiles: "nearest-rank", incidents: stages.length, spans, caveats };
}

/** Who would be told, and what is known of the channels. */
export function notificationState({
  policy,
  state,
  nobody,
  channels,
  nowMicros,
}: {
  readonly nowMicros: number;
  readonly policy: EscalationPolicy | null;
  readonly state: EscalationState;
  readonly nobody: string | null;
  /** Names of channels that the hub has. */
  readonly channels: readonly string[];
}): NotificationState {
  // The escalation's own time stands still between its steps.
  const elapsedMicros = state.elapsedMicros + Math.max(0, nowMicros - (state.lastStepAtMicros ?? nowMicros));
  const contacts = policy?.contacts.map(({ name, channels: own }) => ({ name, channels: [...own] })) ?? [];
  const named = new Set([...channels, ...contacts.flatMap((contact) => contact.channels)]);
  return {
    nobody,
    contacts,
    channels: [...named].map((name) => {
      const known = state.channels.find((channel) => channel.name === name);
      return { name, standing: channels.includes(name) ? (known?.standing ?? "works") : "missing" };
    }),
    snoozes: state.snoozes.flatMap(({ device, by, untilMicros }) => {
      const minutesLeft = (untilMicros - elapsedMicros) / (60 * microsPerSecond);
      return minutesLeft > 0 ? [{ device, by, minutesLeft }] : [];
    }),
  };
}
