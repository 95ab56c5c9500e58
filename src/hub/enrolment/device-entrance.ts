import { X509Certificate } from "node:crypto";
import type { CertificateIdentity } from "#core/messaging/broker-credentials.ts";
import type { Cancel, Clock } from "#core/time.ts";
import type { NewCode } from "#wire/enrolment-messages.ts";
import type { SecureDoor } from "../broker-doors.ts";
import { type DeviceIdentities, nearEndMicros, openIdentities } from "../identity/device-identities.ts";
import { ServerCertificate, serverRenewBeforeMicros } from "../identity/server-certificate.ts";
import { urlHost } from "../loopback-host.ts";
import type { Refusals } from "../refusals.ts";
import type { EnrolmentApiTarget } from "./enrolment-api.ts";
import { EnrolmentDesk } from "./enrolment-desk.ts";
import { EnrolmentServer } from "./enrolment-server.ts";

/** How often certificates are looked at that have ended meanwhile, and whether the hub's own is to be renewed. */
const checkEveryMs = 60_000;

/** Where devices come in. */
export interface DeviceEntranceOptions {
  /** Address to listen on; any, as everything here is TLS. */
  readonly host: string;
  /** Port of the broker; 0 takes any free one. */
  readonly mqttPort: number;
  /** Port of enrolment; 0 takes any free one. */
  readonly enrolPort: number;
  /** Names and addresses by which devices reach this machine; the first goes into what people are told to type. */
  readonly names: () => readonly string[];
}

/** What of the broker has to follow certificates. */
export interface CertificateFollower {
  renewCertificate(): void;
  endStale(): void;
}

interface Parts {
  readonly clock: Clock;
  readonly options: DeviceEntranceOptions;
  readonly identities: DeviceIdentities;
  readonly certificate: ServerCertificate;
  readonly refusals: Refusals;
  readonly log: (line: string) => void;
}

/** The hub's side of device identity: its authority, its own certificate, enrolment, and what watches their ends. */
export class DeviceEntrance {
  readonly api: EnrolmentApiTarget;
  readonly #parts: Parts;
  readonly #server: EnrolmentServer;
  #broker: CertificateFollower | null = null;
  #brokerUrl: (host: string) => string = () => "";
  #enrolPort = 0;
  #cancel: Cancel | null = null;
  #nearEnds: readonly string[] = [];
  #failure: string | null = null;
  #hubIdentity: CertificateIdentity | null = null;
  /** Those of devices of this process, by device. */
  readonly #local = new Map<string, CertificateIdentity>();

  constructor(parts: Parts) {
    this.#parts = parts;
    const { clock, identities, certificate, refusals, options, log } = parts;
    const desk = new EnrolmentDesk({
      clock,
      identities,
      refusals,
      onRevoked: () => this.#broker?.endStale(),
      log,
    });
    const { host, enrolPort: port } = options;
    const around = { clock, host, port, desk, identities, certificate, refusals, log };
    this.#server = new EnrolmentServer({ ...around, brokerUrl: (host) => this.#brokerUrl(host) });
    this.api = {
      view: () => desk.view(),
      newCode: async (wanted) => this.#withPlace(await desk.newCode(wanted)),
      confirm: (id, by) => desk.confirm(id, by),
      refuse: (id, by) => desk.refuse(id, by),
      revoke: (device, act) => desk.revoke(device, act),
    };
  }

  /** Opens authority and certificates of a data folder. Throws as `openIdentities` does. */
  static async open(around: {
    readonly clock: Clock;
    readonly dataFolder: string;
    readonly options: DeviceEntranceOptions;
    readonly refusals: Refusals;
    readonly log: (line: string) => void;
  }): Promise<DeviceEntrance> {
    const { clock, dataFolder, options } = around;
    const identities = await openIdentities(dataFolder, clock);
    const { authority } = identities;
    const certificate = await ServerCertificate.make({ authority, clock, names: options.names });
    return new DeviceEntrance({ ...around, identities, certificate });
  }

  /** The broker's door for devices. */
  get door(): Omit<SecureDoor, "kind"> {
    const { options, identities, certificate } = this.#parts;
    return { host: options.host, port: options.mqttPort, identities, certificate };
  }

  /**
   * Takes devices in from now on. `brokerUrl` says where the broker is for who has reached the hub by a host's name.
   * Throws the failures of `portFailure`.
   */
  async start(broker: CertificateFollower, brokerUrl: (host: string) => string): Promise<void> {
    this.#broker = broker;
    this.#brokerUrl = brokerUrl;
    this.#enrolPort = await this.#server.start();
    await this.#check();
    this.#cancel = this.#parts.clock.every(checkEveryMs, () => void this.#check());
  }

  /** Takes nobody in any more; safe to call twice. */
  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    await this.#server.stop();
  }

  /** What is wrong with certificates, a sentence each. */
  get problems(): readonly string[] {
    return this.#failure === null ? this.#nearEnds : [...this.#nearEnds, this.#failure];
  }

  /** How a device of this process shows who it is; asked again, it gives what is newest. */
  async credentialsFor(deviceId: string): Promise<() => CertificateIdentity> {
    const first = await this.#issueLocal(deviceId);
    return () => this.#local.get(deviceId) ?? first;
  }

  async #issueLocal(deviceId: string): Promise<CertificateIdentity> {
    const { identities } = this.#parts;
    // Not remembered: it lives as long as this process, and each start would add one.
    const { certificatePem: certificate, keyPem: key } =
      await identities.authority.issueLocalDevice(deviceId);
    const identity = { certificate, key, authority: identities.authority.certificatePem };
    this.#local.set(deviceId, identity);
    return identity;
  }

  /** How the hub shows an external broker who it is; made anew before it ends. */
  async hubCredentials(): Promise<CertificateIdentity> {
    const { identities, clock } = this.#parts;
    const known = this.#hubIdentity;
    if (known !== null && endOf(known) - clock.nowMicros() > serverRenewBeforeMicros) return known;
    const { certificatePem: certificate, keyPem: key } = await identities.authority.issueHubClient();
    this.#hubIdentity = { certificate, key, authority: identities.authority.certificatePem };
    return this.#hubIdentity;
  }

  #withPlace(made: { code: string; endsAtMicros: number }): NewCode {
    const [name = "localhost"] = this.#parts.options.names();
    return { ...made, url: `https://${urlHost(name)}:${this.#enrolPort}` };
  }

  /** Ends what has ended, renews what is to be renewed, and finds what should have been. */
  async #check(): Promise<void> {
    const { certificate, identities, clock, log } = this.#parts;
    this.#broker?.endStale();
    try {
      if ((await certificate.renewIfDue()) === "renewed") {
        this.#broker?.renewCertificate();
        this.#server.renewCertificate();
        log("The hub's own certificate was made anew.");
      }
      for (const [deviceId, identity] of this.#local)
        if (endOf(identity) - clock.nowMicros() < serverRenewBeforeMicros) await this.#issueLocal(deviceId);
      const nearEnds = await identities.nearEnds();
      const { endsAtMicros } = identities.authority;
      if (endsAtMicros - clock.nowMicros() < 12 * nearEndMicros)
        nearEnds.push(
          `The hub's certificate authority ends on ${day(endsAtMicros)}: plan to enrol all devices anew.`,
        );
      for (const text of nearEnds) if (!this.#nearEnds.includes(text)) log(text);
      this.#nearEnds = nearEnds;
      this.#failure = null;
    } catch (error) {
      const failure = `Certificates cannot be looked at: ${error instanceof Error ? error.message : String(error)}.`;
      if (this.#failure !== failure) log(failure);
      this.#failure = failure;
    }
  }
}

function endOf({ certificate }: CertificateIdentity): number {
  return Date.parse(new X509Certificate(certificate).validTo) * 1_000;
}

function day(atMicros: number): string {
  return new Date(atMicros / 1_000).toISOString().slice(0, 10);
}
