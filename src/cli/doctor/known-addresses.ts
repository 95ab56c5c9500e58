/** What usually lives at an I2C address, beside our own sensors; several makers use the same ones. */
const inhabitants: ReadonlyMap<number, string> = new Map([
  [0x0b, "a battery gauge"],
  [0x18, "an LIS3DH accelerometer or MCP9808 thermometer"],
  [0x20, "an MCP23017 port expander"],
  [0x23, "a BH1750 light sensor"],
  [0x27, "an LCD adapter"],
  [0x29, "a VL53L0X distance or TSL2591 light sensor"],
  [0x2a, "FLIR Lepton"],
  [0x33, "an MLX90640 thermal camera, which Emberwatch cannot use"],
  [0x36, "a MAX17048 battery gauge"],
  [0x38, "an AHT20 humidity sensor"],
  [0x3c, "an OLED display"],
  [0x3d, "an OLED display"],
  [0x40, "an INA219 current meter or HTU21 humidity sensor"],
  [0x44, "an SHT3x or SHT4x humidity sensor"],
  [0x45, "an SHT3x or SHT4x humidity sensor"],
  [0x48, "an ADS1115 converter or TMP102 thermometer"],
  [0x53, "an ADXL345 accelerometer, ENS160 gas sensor or EEPROM"],
  [0x58, "an SGP30 gas sensor"],
  [0x59, "SGP41"],
  [0x5a, "an MLX90614 infrared thermometer or CCS811 gas sensor"],
  [0x5d, "SFA30"],
  [0x61, "an SCD30, another CO2 sensor, which Emberwatch cannot use"],
  [0x62, "SCD41"],
  [0x68, "a DS3231 clock or MPU-6050 motion sensor"],
  [0x69, "SPS30"],
  [0x6b, "SEN66"],
  [0x70, "a TCA9548A bus switch, behind which sensors are not reached"],
  [0x76, "a BME280 or BMP280 air pressure sensor"],
  [0x77, "a BME280 or BMP280 air pressure sensor"],
]);

/** An address as data sheets write it. */
export function hexAddress(address: number): string {
  return `0x${address.toString(16).toUpperCase().padStart(2, "0")}`;
}

/** Addresses with what usually lives there, for people. */
export function describeAddresses(addresses: readonly number[]): string {
  return addresses
    .map((address) => {
      const inhabitant = inhabitants.get(address) ?? (isEeprom(address) ? "an EEPROM" : "unknown");
      return `${hexAddress(address)} (${inhabitant})`;
    })
    .join(", ");
}

function isEeprom(address: number): boolean {
  return address >= 0x50 && address <= 0x57;
}
