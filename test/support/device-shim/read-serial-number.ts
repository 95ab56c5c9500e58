import { LinuxI2cBus } from "#sensors/transport/linux/linux-i2c-bus.ts";
import { serialNumberAddress, serialNumberCommand } from "#support/serial-number-bus.ts";

// Prints the serial number of the chip on /dev/i2c-1; bundled by a test, to see that a bundle finds its thread.
const bus = await LinuxI2cBus.open({ path: "/dev/i2c-1" });
const bytes = await bus.transfer({ address: serialNumberAddress, write: serialNumberCommand, readBytes: 9 });
console.log(Buffer.from(bytes).toString("hex"));
await bus.close();
