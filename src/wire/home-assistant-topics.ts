/**
 * Topics by which Home Assistant is told of this hub's devices. `prefix` is Home Assistant's own, `instance` names the
 * hub. See https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery.
 */
export interface HomeAssistantTopics {
  /** Home Assistant says here that it has come ("online"): its birth message. */
  readonly birth: string;
  /** Whether the hub is connected; its last will says "offline". */
  readonly hubAvailability: string;
  /** Filter for all discovery messages of this hub. */
  readonly allDiscovery: string;
  /** What a device is and which values it has. */
  discovery(device: string): string;
  /** The device of a discovery message; null for a topic that is none. */
  deviceOf(topic: string): string | null;
  /** Whether a device is heard. */
  availability(device: string): string;
  /** The device's values, one JSON object. */
  state(device: string): string;
  /** The device's picture, a PNG file. */
  picture(device: string): string;
}

/** The topics of one hub. */
export function homeAssistantTopics(prefix: string, instance: string): HomeAssistantTopics {
  const root = `emberwatch-home-assistant/${instance}`;
  const discovery = `${prefix}/device/${instance}`;
  return {
    birth: `${prefix}/status`,
    hubAvailability: `${root}/availability`,
    allDiscovery: `${discovery}/+/config`,
    discovery: (device) => `${discovery}/${device}/config`,
    deviceOf: (topic) => {
      const device = topic.slice(discovery.length + 1, -"/config".length);
      return topic === `${discovery}/${device}/config` && !device.includes("/") ? device : null;
    },
    availability: (device) => `${root}/device/${device}/availability`,
    state: (device) => `${root}/device/${device}/state`,
    picture: (device) => `${root}/device/${device}/picture`,
  };
}
