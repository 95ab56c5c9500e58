import type { HomeAssistantTopics } from "#wire/home-assistant-topics.ts";
import type { DeviceView } from "#wire/hub-api.ts";
import type { DeviceValues } from "./device-values.ts";

/** What a discovery message is made of. */
export interface DiscoveryFacts {
  readonly device: Pick<DeviceView, "id" | "name" | "source">;
  readonly instance: string;
  readonly topics: HomeAssistantTopics;
  readonly expireAfterSeconds: number;
  readonly softwareVersion: string;
  /** Whether the device's picture may be shown. */
  readonly picture: "shown" | "hidden";
}

type Component = Readonly<Record<string, unknown>>;

/**
 * What Home Assistant is told of a device, for its "device discovery"
 * (https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload, Home Assistant 2024.11 and later). No
 * component has a command topic: Home Assistant reads and acts on nothing.
 */
export function discoveryMessage(facts: DiscoveryFacts): Component {
  const { device, instance, softwareVersion } = facts;
  return {
    device: {
      identifiers: [`${instance}_${device.id}`],
      name: device.name,
      manufacturer: "Emberwatch",
      model: device.source === "camera" ? "Thermal camera" : "Simulated or replayed room",
    },
    origin: { name: "Emberwatch", sw_version: softwareVersion },
    components: {
      fire: alarm(facts, { name: "Fire", key: "fire", device_class: "smoke" }),
      heat: alarm(facts, { name: "Heat", key: "heat", device_class: "heat" }),
      gas: alarm(facts, { name: "Gas hazard", key: "gas", device_class: "gas" }),
      problem: problem(facts),
      hottest: measurement(facts, { name: "Hottest spot", key: "hottestCelsius", ...celsius }),
      air_temperature: measurement(facts, { name: "Air temperature", key: "airCelsius", ...celsius }),
      co2: measurement(facts, {
        name: "CO2",
        key: "co2Ppm",
        device_class: "carbon_dioxide",
        unit_of_measurement: "ppm",
        suggested_display_precision: 0,
      }),
      humidity: measurement(facts, {
        name: "Humidity",
        key: "humidityPercent",
        device_class: "humidity",
        unit_of_measurement: "%",
        suggested_display_precision: 0,
      }),
      picture: picture(facts),
    },
  };
}

const celsius = {
  device_class: "temperature",
  unit_of_measurement: "°C",
  suggested_display_precision: 1,
} as const;

type Part = { readonly name: string; readonly key: keyof DeviceValues } & Component;

/** What every value has: where it stands, until when it holds, and when it is there at all. */
function value(facts: DiscoveryFacts, { key, ...part }: Part): Component {
  const { device, instance, topics, expireAfterSeconds } = facts;
  return {
    ...part,
    unique_id: `${instance}_${device.id}_${key}`,
    state_topic: topics.state(device.id),
    // Null becomes "None", which Home Assistant shows as unknown.
    value_template: `{{ value_json.${key} }}`,
    expire_after: expireAfterSeconds,
    ...whileHeard(facts),
  };
}

function alarm(facts: DiscoveryFacts, part: Part): Component {
  return {
    platform: "binary_sensor",
    ...value(facts, part),
    payload_on: "ON",
    payload_off: "OFF",
  };
}

/** There as long as the hub is: that a device is silent is a problem, and must not make the problem unavailable. */
function problem(facts: DiscoveryFacts): Component {
  const { device, topics } = facts;
  return {
    ...alarm(facts, { name: "Problem", key: "problem", device_class: "problem" }),
    entity_category: "diagnostic",
    availability: [{ topic: topics.hubAvailability }],
    json_attributes_topic: topics.state(device.id),
    json_attributes_template: "{{ {'troubles': value_json.troubles} | tojson }}",
  };
}

function measurement(facts: DiscoveryFacts, part: Part): Component {
  return { platform: "sensor", ...value(facts, part), state_class: "measurement" };
}

function picture(facts: DiscoveryFacts): Component {
  const { device, instance, topics } = facts;
  // A component that has nothing but its platform is one to be removed, also where it was shown before.
  if (facts.picture === "hidden") return { platform: "camera" };
  return {
    platform: "camera",
    name: "Picture",
    unique_id: `${instance}_${device.id}_picture`,
    topic: topics.picture(device.id),
    ...whileHeard(facts),
  };
}

function whileHeard({ device, topics }: DiscoveryFacts): Component {
  return {
    availability: [{ topic: topics.hubAvailability }, { topic: topics.availability(device.id) }],
    availability_mode: "all",
  };
}
