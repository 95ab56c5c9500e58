import type { DeviceLink } from "#edge/device-link.ts";

/** A link to nobody, on which nothing goes but what a test listens to. */
export function quietLink(heard: Partial<DeviceLink> = {}): DeviceLink {
  return {
    start() {},
    async stop() {},
    sendTelemetry() {},
    sendHealth() {},
    sendState() {},
    sendRegions() {},
    reply() {},
    addEvent: () => "event-0001",
    watch() {},
    showFrame() {},
    ...heard,
  };
}
