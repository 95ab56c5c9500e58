import { assert } from "#core/failure.ts";
import { CallPointWatch } from "#edge/call-point-watch.ts";
import type { DeviceAgent } from "#edge/device-agent.ts";
import type { EdgeConfig } from "#edge/edge-config.ts";
import { LinuxGpioInput } from "#sensors/transport/linux/linux-gpio-input.ts";
import { parseLinePlace } from "../line-place.ts";
import { systemClock } from "../system-clock.ts";

/** What reads the call point of a configuration; null without one. */
export function edgeCallPoint({ inputs }: EdgeConfig, agent: DeviceAgent): CallPointWatch | null {
  if (inputs.callPoint === null) return null;
  const place = parseLinePlace(inputs.callPoint);
  assert(place !== null, "the configuration's lines were checked");
  return new CallPointWatch({
    clock: systemClock,
    open: () => LinuxGpioInput.open({ ...place, consumer: "emberwatch-call-point" }),
    pressedWhen: inputs.callPointPressedWhen,
    onPress: () => agent.pressCallPoint(inputs.callPointName),
    isAnswered: () => agent.zoneState?.level === "fire",
    onProblem: (problem) =>
      agent.reportTrouble({
        code: "input-failed",
        active: problem !== null,
        text: problem ?? "The call point can be read.",
      }),
  });
}
