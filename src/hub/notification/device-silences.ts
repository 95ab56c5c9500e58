import type { EscalationInput } from "#core/incident/escalation-input.ts";
import type { EscalationState } from "#core/incident/escalation-state.ts";
import type { DeviceView } from "#wire/hub-api.ts";

/**
 * What the escalation has not heard of silent devices: those that have fallen silent or are heard again by the hub's own
 * finding, and faults of devices that the hub has forgotten, which nobody will ever end.
 */
export function deviceSilences(
  { subjects }: EscalationState,
  devices: { views(): readonly DeviceView[]; view(id: string): DeviceView | null },
): EscalationInput[] {
  const standing = new Map(
    subjects.flatMap(({ id, severity, codes, devices: [source] }) =>
      severity === "trouble" && source !== undefined && id === `trouble-${source}` ? [[source, codes]] : [],
    ),
  );
  const found = devices.views().flatMap(({ id, silentSinceMicros }): EscalationInput[] => {
    const active = silentSinceMicros !== null;
    const isKnown = standing.get(id)?.includes("device-silent") ?? false;
    return active === isKnown ? [] : [{ kind: "trouble", source: id, code: "device-silent", active }];
  });
  const gone = [...standing].flatMap(([source, codes]) =>
    // A channel is no device; its name has a slash.
    source.includes("/") || devices.view(source) !== null
      ? []
      : codes.map((code): EscalationInput => ({ kind: "trouble", source, code, active: false })),
  );
  return [...found, ...gone];
}
