import type { TroubleCode } from "#core/alarm/trouble.ts";

/** Short name of each fault, for lists. */
export const troubleNames: Readonly<Record<TroubleCode, string>> = {
  "camera-silent": "No pictures from the camera",
  "camera-frozen": "Picture frozen",
  "camera-not-radiometric": "Camera gives no temperatures",
  "camera-over-temperature": "Camera too hot",
  "camera-shutter-lockout": "Camera shutter locked",
  "camera-saturated": "Camera saturated",
  "camera-bad-pixels": "Bad pixels",
  "frames-rejected": "Pictures rejected",
  "air-silent": "No readings from the air sensor",
  "air-implausible": "Implausible air readings",
  "recording-damaged": "Recording damaged",
  "rows-rejected": "Rows rejected",
  "state-not-saved": "Alarm state not saved",
  "link-down": "Link to the hub down",
  "device-silent": "Device silent",
};
