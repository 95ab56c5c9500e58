import { hostname, networkInterfaces } from "node:os";
import { badInput } from "#core/failure.ts";
import type { BrokerCredentials } from "#core/messaging/broker-credentials.ts";
import { readCredentials } from "#edge/credentials-file.ts";
import type { HubAddresses } from "#hub/hub.ts";
import type { HubOptions } from "#hub/hub-options.ts";
import { enrolmentPort, secureMqttPort } from "#wire/enrolment-messages.ts";
import type { Invocation, OptionSpec } from "./command.ts";
import { numberOption } from "./parse-arguments.ts";

/** Names that a certificate of the hub may have. */
const namesMax = 50;

/** Options of `up` that say where devices come in. */
export const deviceDoorOptions: Readonly<Record<string, OptionSpec>> = {
  "device-host": {
    value: "A",
    help: "address on which devices connect, by TLS; 0.0.0.0 for all (default 127.0.0.1)",
  },
  "device-name": {
    value: "NAMES",
    help: "names and addresses by which devices reach this machine, where it does not know them itself: a,b",
  },
  "mqtt-port": {
    value: "N",
    help: `port of the broker (default ${secureMqttPort}; a free one with --demo and --replay)`,
  },
  "enrol-port": {
    value: "N",
    help: `port of enrolment (default ${enrolmentPort}; a free one with --demo and --replay)`,
  },
  broker: { value: "URL", help: "a broker to use instead of the own one, such as mqtts://broker:8883" },
  "broker-credentials": {
    value: "FILE",
    help: 'with --broker: {"username", "password"}; default a certificate of the hub\'s own authority',
  },
};

/** Which doors a hub opens to devices. Throws `Failure` ("usage") for options that contradict each other. */
export async function deviceDoors(
  invocation: Invocation,
): Promise<Pick<HubOptions, "mqttPort" | "devices" | "broker">> {
  const { values, switches } = invocation;
  const isDemo = switches.has("demo");
  const isPassing = isDemo || values["replay"] !== undefined;
  const port = { min: 0, max: 65_535, kind: "integer" } as const;
  const mqttPort = numberOption(invocation, "mqtt-port", {
    ...port,
    default: isPassing ? 0 : secureMqttPort,
  });
  const enrolPort = numberOption(invocation, "enrol-port", {
    ...port,
    default: isPassing ? 0 : enrolmentPort,
  });
  if (isDemo) {
    refuseWithDemo(invocation);
    return { mqttPort, devices: undefined, broker: undefined };
  }
  const host = values["device-host"] ?? "127.0.0.1";
  const given = values["device-name"]?.split(",").map((name) => name.trim()) ?? [];
  const wrong = given.find((name) => !/^[\w.:-]{1,253}$/.test(name));
  if (wrong !== undefined)
    throw badInput(
      "usage",
      `--device-name takes names and addresses such as hub.example,192.168.1.10, not "${wrong}".`,
    );
  return {
    mqttPort: null,
    devices: { host, mqttPort, enrolPort, names: () => namesOf(host, given) },
    broker: await brokerOption(invocation),
  };
}

function refuseWithDemo({ values }: Invocation): void {
  const idle = Object.keys(deviceDoorOptions).find(
    (name) => name !== "mqtt-port" && values[name] !== undefined,
  );
  if (idle !== undefined)
    throw badInput("usage", `--${idle} does nothing with --demo, which takes devices of this machine only.`);
}

async function brokerOption({ values }: Invocation): Promise<HubOptions["broker"]> {
  const url = values["broker"];
  const file = values["broker-credentials"];
  if (url === undefined) {
    if (file !== undefined) throw badInput("usage", "--broker-credentials belongs to --broker URL.");
    return undefined;
  }
  if (!/^mqtts:\/\/[^@\s/]+\/?$/.test(url) || !URL.canParse(url)) {
    throw badInput(
      "usage",
      `--broker is like mqtts://broker.example:8883, by TLS and without a password, not "${url}".`,
    );
  }
  const remedy = 'write {"username": "…", "password": "…"} of that broker there';
  return { url, credentials: file === undefined ? null : await readCredentials(file, remedy) };
}

/** What the hub's certificate is for: what was given first, then this machine's own names and addresses. */
function namesOf(host: string, given: readonly string[]): readonly string[] {
  const isWildcard = host === "0.0.0.0" || host === "::";
  const addresses = isWildcard
    ? Object.values(networkInterfaces()).flatMap((all) =>
        (all ?? []).filter(({ internal }) => !internal).map(({ address }) => address.replace(/%.*/, "")),
      )
    : [host.replace(/^\[|\]$/g, "")];
  const all = [...given, ...addresses, hostname(), "localhost", "127.0.0.1", "::1"];
  return [...new Set(all)].slice(0, namesMax);
}

/** How devices of this program find their hub. */
export function ownDevices(hub: HubAddresses): {
  readonly mqttUrl: string;
  credentialsFor(deviceId: string): Promise<() => BrokerCredentials>;
} {
  const { secure } = hub;
  if (secure !== null) {
    return { mqttUrl: ownUrl(secure.url), credentialsFor: (deviceId) => secure.credentialsFor(deviceId) };
  }
  return {
    mqttUrl: hub.mqttUrl,
    credentialsFor: async (deviceId) => {
      const login = hub.credentialsFor(deviceId);
      return () => login;
    },
  };
}

/** An address that stands for all of this machine's is none to connect to. */
function ownUrl(url: string): string {
  return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
}
