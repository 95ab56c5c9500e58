import type { CheckedBus } from "./check-i2c-bus.ts";
import { checkLeptonControl } from "./check-lepton-control.ts";
import { checkLeptonVideo } from "./check-lepton-video.ts";
import type { DoctorSurroundings } from "./doctor-surroundings.ts";
import type { CheckName, FindingList } from "./finding.ts";
import { openPlace } from "./open-place.ts";

/** What is looked at of a camera on SPI and I2C. */
export const leptonChecks: readonly CheckName[] = [
  "lepton-control",
  "lepton-module",
  "lepton-settings",
  "spi-bus",
  "lepton-video",
  "lepton-shutter",
  "lepton-supply",
];

/** Checks the camera on SPI and I2C; `bus` is null when the I2C bus is of no use. */
export async function checkLepton(
  bus: CheckedBus | null,
  surroundings: DoctorSurroundings,
  findings: FindingList,
): Promise<void> {
  if (bus === null) findings.skip(leptonChecks.slice(0, 3), "It needs the I2C bus.");
  const cci = bus === null ? null : await checkLeptonControl(bus, surroundings, findings);
  findings.skip(leptonChecks.slice(0, 3), "See the problem before it.");
  const check = "spi-bus";
  const spi = await openPlace(surroundings.spi, { check, findings, shared: "no" });
  if (spi === null) {
    findings.skip(leptonChecks, "It needs the SPI bus.");
    return;
  }
  try {
    findings.ok(check, `${surroundings.spi.path} can be opened and set to the camera's mode.`);
    if (cci !== null) await checkLeptonVideo({ spi, cci }, surroundings, findings);
    findings.skip(
      leptonChecks,
      cci === null ? "It needs a camera that obeys." : "See the problem before it.",
    );
  } finally {
    spi.close();
  }
}
