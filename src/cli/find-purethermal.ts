import { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { isPureThermal } from "./doctor/check-purethermal.ts";
import { videoDevices } from "./doctor/gather-facts.ts";

/** Path of the camera that calls itself a PureThermal. Throws `TransportFailure` when none is plugged in. */
export async function findPureThermal(): Promise<string> {
  const found = (await videoDevices()).find(isPureThermal);
  if (found !== undefined) return found.path;
  throw new TransportFailure(
    "device-missing",
    "No PureThermal is plugged in: plug it in by a cable that carries data, or name its device with --video.",
  );
}
