import { badInput, Failure } from "#core/failure.ts";
import { checkZonePolicy } from "#core/zone/zone-policy.ts";
import { readFileBytes } from "#recording/read-file-bytes.ts";
import { type ZoneConfig, zonesFileSchema } from "#wire/zone-api.ts";
import { zonePolicyOf } from "#wire/zone-policy-text.ts";
import { parseYamlConfig } from "./yaml-config.ts";

/** 64 zones with every key have some 60 kB. */
const fileBytesMax = 256 * 1024;

/** Reads and checks the file of `up --zones`. Throws `Failure` with one sentence that names the file and the place. */
export async function readZones(path: string): Promise<readonly ZoneConfig[]> {
  return parseZones(new TextDecoder().decode(await readFileBytes(path, fileBytesMax)), path);
}

/** Checks the text of such a file; `name` is how errors call it. Throws as `readZones` does. */
export function parseZones(text: string, name: string): readonly ZoneConfig[] {
  const remedy = "docs/guides/alarms.md shows a whole one.";
  const { zones } = parseYamlConfig(text, { name, schema: zonesFileSchema, remedy });
  const refuse = (what: string): never => {
    throw badInput("config-invalid", `${name}: ${what} Correct it; ${remedy}`);
  };
  const ids = zones.map(({ id }) => id);
  const devices = new Set(zones.flatMap((zone) => zone.devices));
  for (const [k, zone] of zones.entries()) {
    const { id, name: _name, devices: own, timeZone: _timeZone, ...written } = zone;
    if (ids.indexOf(id) !== k) refuse(`two zones are called ${id}.`);
    if (devices.has(id)) refuse(`${id} is a zone and a device: give the zone another id.`);
    if (new Set(own).size !== own.length) refuse(`the zone ${id} names a device twice.`);
    try {
      checkZonePolicy(zonePolicyOf(written), id);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      refuse(error.message);
    }
  }
  return zones;
}
