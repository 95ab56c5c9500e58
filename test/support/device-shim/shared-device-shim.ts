import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { buildDeviceShim, whyNoDeviceShim } from "./build-device-shim.ts";

/** Fake devices for all tests of a file, compiled before the first one: why they are skipped, and where the library is. */
export function sharedDeviceShim(): { readonly skip: string | false; readonly library: () => string } {
  const skip = whyNoDeviceShim() ?? false;
  let folder = "";
  let library = "";
  before(async () => {
    if (skip !== false) return;
    folder = await mkdtemp(join(tmpdir(), "emberwatch-shim-"));
    library = buildDeviceShim(folder);
  });
  after(() => (folder === "" ? undefined : rm(folder, { recursive: true })));
  return { skip, library: () => library };
}
