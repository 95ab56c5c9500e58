import { assert } from "#core/failure.ts";
import { AlarmOutputs, type AlarmOutputsOptions } from "#edge/alarm-outputs.ts";
import type { EdgeConfig } from "#edge/edge-config.ts";
import { LinuxGpioLine } from "#sensors/transport/linux/linux-gpio-line.ts";
import { EmulatedGpioLine } from "#simulation/devices/emulated-gpio-line.ts";
import { parseLinePlace } from "../line-place.ts";
import { systemClock } from "../system-clock.ts";

type OpenLine = NonNullable<AlarmOutputsOptions["lines"]["fireRelay"]>;

/** The outputs of a configuration. An emulated one tells each change in the log, the heartbeat's excepted. */
export function edgeOutputs(
  { outputs }: EdgeConfig,
  around: { readonly log: (line: string) => void; readonly onProblem: (problem: string | null) => void },
): AlarmOutputs {
  const { log, onProblem } = around;
  const told = (name: string) => (level: "high" | "low") => log(`emulated ${name}: ${level}`);
  return new AlarmOutputs({
    clock: systemClock,
    fireRelayHighWhen: outputs.fireRelayHighWhen,
    panelHighWhen: outputs.panelHighWhen,
    lines: {
      fireRelay: openLine(outputs.fireRelay, { consumer: "emberwatch-fire", onChange: told("fire relay") }),
      sounder: openLine(outputs.sounder, { consumer: "emberwatch-sounder", onChange: told("sounder") }),
      heartbeat: openLine(outputs.heartbeat, { consumer: "emberwatch-heartbeat", onChange: () => {} }),
      panel: openLine(outputs.panel, { consumer: "emberwatch-panel", onChange: told("panel output") }),
      evacuation: openLine(outputs.evacuation, {
        consumer: "emberwatch-evacuation",
        onChange: told("evacuation output"),
      }),
    },
    onProblem,
  });
}

function openLine(
  text: string | null,
  line: { readonly consumer: string; readonly onChange: (level: "high" | "low") => void },
): OpenLine | null {
  if (text === null) return null;
  if (text === "emulated") return async (initial) => new EmulatedGpioLine(initial, line.onChange);
  const place = parseLinePlace(text);
  assert(place !== null, "the configuration's lines were checked");
  return (initial) => LinuxGpioLine.open({ ...place, initial, consumer: line.consumer });
}
