import type { HealthMessage } from "#wire/device-messages.ts";
import type { DeviceAgentOptions } from "./device-agent-options.ts";
import { installedModel } from "./installed-model.ts";
import type { LastSelfTest } from "./self-tests/self-tests.ts";
import type { SensorIntake } from "./sensor-intake.ts";

/** What a device says of itself. */
export function deviceHealth(
  options: DeviceAgentOptions,
  intake: SensorIntake,
  lastSelfTest: LastSelfTest | null,
): HealthMessage {
  const { name, softwareVersion, source, clock, demo } = options;
  return {
    v: 1,
    online: true,
    atMicros: clock.nowMicros(),
    name,
    softwareVersion,
    source,
    capabilities: demo === null ? [] : ["ignite", "extinguish"],
    ...intake.health,
    ended: intake.ended,
    ...(lastSelfTest === null ? {} : { selfTest: lastSelfTest }),
    model: installedModel(options.model)?.identity ?? null,
  };
}
