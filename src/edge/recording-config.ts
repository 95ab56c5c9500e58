import { defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
import { defaultDetectionPolicy } from "#core/detection/detection-policy.ts";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import type { RecordingConfig } from "#recording/recording-entry.ts";
import type { DeviceAgentOptions } from "./device-agent-options.ts";
import type { DeviceSite } from "./device-site.ts";

/** Size of a device's pictures: a Lepton 3.5's where nothing else is said. */
export function pictureSize({ pictureSize: size }: Pick<DeviceAgentOptions, "pictureSize">): {
  readonly width: number;
  readonly height: number;
} {
  return size ?? { width: leptonWidth, height: leptonHeight };
}

/** What a device's recordings say of its set-up. */
export function recordingConfig(
  options: DeviceAgentOptions,
  site: Pick<DeviceSite, "regions" | "offsetMinutes">,
): RecordingConfig {
  return {
    device: options.deviceId,
    softwareVersion: options.softwareVersion,
    ...pictureSize(options),
    badPixels: options.badPixels ?? null,
    mask: options.mask ?? null,
    policy: {
      detection: options.detectionPolicy ?? defaultDetectionPolicy,
      alarm: options.alarmPolicy ?? defaultAlarmPolicy,
      zone: options.zonePolicy ?? null,
      regions: site.regions,
      utcOffsetMinutes: site.offsetMinutes,
    },
  };
}
