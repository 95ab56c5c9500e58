import type { Cancel, Clock } from "#core/time.ts";
import { type HomeAssistantTopics, homeAssistantTopics } from "#wire/home-assistant-topics.ts";
import type { DeviceFacts } from "../device-facts.ts";
import type { IntegrationsConfig } from "../integrations-config.ts";
import { deviceValues, urgentPart } from "./device-values.ts";
import { discoveryMessage } from "./discovery-message.ts";
import type { BrokerLogin, HomeAssistantBroker, OpenBroker } from "./home-assistant-broker.ts";
import { pictureFile } from "./picture-file.ts";

/** How often it looks whether something has to be told. */
const tickMs = 1_000;
/** Figures that move are told so often; well under the shortest expiry. */
const measuresEveryMs = 10_000;
/** How long a device is asked to send pictures, of which the first is taken. */
const pictureLeaseSeconds = 2;

/** Discovery messages of an earlier run that are looked at; further ones stay until somebody removes them. */
const keptMax = 1_024;

/** What the bridge stands on. */
export interface HomeAssistantBridgeOptions {
  readonly clock: Clock;
  readonly config: IntegrationsConfig["homeAssistant"] & { readonly brokerUrl: string };
  readonly login: Pick<BrokerLogin, "credentials" | "ca">;
  readonly openBroker: OpenBroker;
  readonly devices: () => readonly DeviceFacts[];
  readonly askForPictures: (device: string, seconds: number) => void;
  readonly softwareVersion: string;
  readonly log: (line: string) => void;
}

/** What Home Assistant has been told of a device since it came or the connection did. */
interface Told {
  /** Source and name, on which its discovery message depends. */
  shown: string;
  availability: string;
  urgent: string;
  valuesAtMs: number;
}

/**
 * Tells Home Assistant of this hub's devices by the broker that it uses, and takes nothing from it but its birth
 * message. Discovery and availability are retained; values are not, so that nobody takes an old "off" for news.
 */
export class HomeAssistantBridge {
  readonly #options: HomeAssistantBridgeOptions;
  readonly #topics: HomeAssistantTopics;
  readonly #told = new Map<string, Told>();
  /** Devices of which the broker keeps a discovery message; there may be some of an earlier run. */
  readonly #kept = new Set<string>();
  /** When each device was last asked for a picture, and whether it still owes one. */
  readonly #pictures = new Map<string, { askedMs: number; owed: "owed" | "sent" }>();
  #broker: HomeAssistantBroker | null = null;
  #cancel: Cancel | null = null;
  #problem: string | null = "Home Assistant's broker is not connected yet.";

  constructor(options: HomeAssistantBridgeOptions) {
    this.#options = options;
    this.#topics = homeAssistantTopics(options.config.discoveryPrefix, options.config.instance);
  }

  /** Begins to connect; nothing waits for it. */
  start(): void {
    const { clock, config, login, openBroker } = this.#options;
    const { hubAvailability, birth, allDiscovery } = this.#topics;
    this.#broker = openBroker(
      {
        url: config.brokerUrl,
        clientId: `emberwatch-hub-${config.instance}`,
        ...login,
        will: { topic: hubAvailability, payload: "offline" },
        subscribeTo: [birth, allDiscovery],
      },
      {
        onUp: () => this.#sayAll(),
        onMessage: (topic, payload) => this.#hear(topic, payload),
        onDown: (reason) => this.#lose(reason),
      },
    );
    this.#cancel = clock.every(tickMs, () => this.#tellAll());
  }

  /** Says that the hub goes, and ends; safe to call twice. */
  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    const broker = this.#broker;
    this.#broker = null;
    await broker?.stop({ topic: this.#topics.hubAvailability, payload: "offline" });
  }

  /** Why Home Assistant is told nothing, in one sentence; null while it is. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Tells what has changed of a device; to be called when something may have. All are looked at every second. */
  tellOf(facts: DeviceFacts): void {
    if (this.#broker === null || this.#problem !== null) return;
    this.#introduce(facts);
    this.#sayValues(facts);
    this.#wishPicture(facts);
  }

  #tellAll(): void {
    if (this.#broker === null || this.#problem !== null) return;
    const devices = this.#options.devices();
    for (const facts of devices) this.tellOf(facts);
    const known = new Set(devices.map(({ view }) => view.id));
    for (const device of this.#kept) if (!known.has(device)) this.#forget(device);
  }

  /** A picture of a device's live stream has come. */
  hearFrame(device: string, bytes: Uint8Array): void {
    const picture = this.#pictures.get(device);
    if (picture?.owed !== "owed" || this.#problem !== null) return;
    const file = pictureFile(bytes);
    if (file === null) return;
    picture.owed = "sent";
    this.#publish(this.#topics.picture(device), file, "passing");
  }

  #hear(topic: string, payload: Buffer): void {
    if (topic === this.#topics.birth) {
      // Home Assistant has started: it knows nothing of values, and may have missed the rest.
      if (payload.toString("utf8") === "online") this.#sayAll();
      return;
    }
    const device = this.#topics.deviceOf(topic);
    if (device === null) return;
    if (payload.length === 0) this.#kept.delete(device);
    else if (this.#kept.size < keptMax) this.#kept.add(device);
  }

  #lose(reason: string): void {
    this.#problem = `Home Assistant's broker is not connected: ${reason}.`;
    this.#options.log(`${this.#problem} It is tried again and again; alarms do not wait for it.`);
  }

  #sayAll(): void {
    this.#problem = null;
    this.#told.clear();
    this.#publish(this.#topics.hubAvailability, "online", "retained");
    this.#tellAll();
  }

  #toldOf(device: string): Told {
    const known = this.#told.get(device);
    if (known !== undefined) return known;
    const fresh = { shown: "", availability: "", urgent: "", valuesAtMs: Number.NEGATIVE_INFINITY };
    this.#told.set(device, fresh);
    return fresh;
  }

  #introduce({ view, standing }: DeviceFacts): void {
    const told = this.#toldOf(view.id);
    const shown = `${view.source} ${view.name}`;
    if (
      shown !== told.shown &&
      this.#publish(this.#topics.discovery(view.id), this.#discovery(view), "retained")
    ) {
      told.shown = shown;
      this.#kept.add(view.id);
    }
    const availability = standing === "heard" ? "online" : "offline";
    const topic = this.#topics.availability(view.id);
    if (availability !== told.availability && this.#publish(topic, availability, "retained"))
      told.availability = availability;
  }

  #discovery(device: DeviceFacts["view"]): string {
    const { config, softwareVersion } = this.#options;
    const { instance, expireAfterSeconds, pictureDevices } = config;
    const picture = pictureDevices.includes(device.id) ? "shown" : "hidden";
    const topics = this.#topics;
    return JSON.stringify(
      discoveryMessage({ device, topics, instance, expireAfterSeconds, softwareVersion, picture }),
    );
  }

  #sayValues(facts: DeviceFacts): void {
    const nowMs = this.#options.clock.monotonicMs();
    const told = this.#toldOf(facts.view.id);
    const values = deviceValues(facts);
    const urgent = urgentPart(values);
    if (urgent === told.urgent && nowMs - told.valuesAtMs < measuresEveryMs) return;
    if (!this.#publish(this.#topics.state(facts.view.id), JSON.stringify(values), "passing")) return;
    told.urgent = urgent;
    told.valuesAtMs = nowMs;
  }

  #wishPicture({ view, standing }: DeviceFacts): void {
    const { clock, config, askForPictures } = this.#options;
    if (standing !== "heard" || !config.pictureDevices.includes(view.id)) return;
    const nowMs = clock.monotonicMs();
    const last = this.#pictures.get(view.id);
    if (last !== undefined && nowMs - last.askedMs < config.pictureEverySeconds * 1_000) return;
    this.#pictures.set(view.id, { askedMs: nowMs, owed: "owed" });
    askForPictures(view.id, pictureLeaseSeconds);
  }

  #forget(device: string): void {
    // An empty retained message removes what was kept, and with it the device in Home Assistant.
    if (!this.#publish(this.#topics.discovery(device), "", "retained")) return;
    this.#publish(this.#topics.availability(device), "", "retained");
    this.#kept.delete(device);
    this.#told.delete(device);
    this.#pictures.delete(device);
  }

  #publish(topic: string, payload: string | Uint8Array, keep: "retained" | "passing"): boolean {
    return this.#broker?.publish({ topic, payload, keep }) ?? false;
  }
}
