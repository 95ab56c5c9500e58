import { z } from "zod";

/** A GPIO line as a configuration names it. */
export const gpioLine = z.string().regex(/^(\/dev\/)?(gpiochip)?\d{1,3}:\d{1,3}$/, "is like gpiochip0:17");

/** A line that something outside hangs on; an emulated one is told in the log. */
function output(text: string) {
  const line = z.union([gpioLine, z.literal("emulated")], { error: "is like gpiochip0:17, or emulated" });
  return line.nullable().default(null).describe(text);
}

/** The lines that a device drives. */
export const outputsSchema = z
  .strictObject({
    fireRelay: output("line of the fire relay"),
    fireRelayHighWhen: z
      .enum(["normal", "alarm"])
      .default("normal")
      .describe("normal: the relay falls in alarm and without power; alarm: it is drawn in alarm only"),
    sounder: output("line of the sounder, high while it sounds"),
    heartbeat: output(
      "line that changes with each second whose new picture was judged, for a watchdog relay",
    ),
    panel: output("line to the fire panel, which follows the device's own zone"),
    panelHighWhen: z
      .enum(["normal", "alarm"])
      .default("normal")
      .describe("normal: the line falls in FIRE of the zone and without power; alarm: the other way round"),
    evacuation: output(
      "line of the evacuation sounders, high while they sound; follows the device's own zone",
    ),
  })
  .prefault({});

/** The lines that a device reads. */
export const inputsSchema = z
  .strictObject({
    callPoint: z
      .union([gpioLine], { error: "is like gpiochip0:22" })
      .nullable()
      .default(null)
      .describe("line of a call point, pulled up; pressed, the device's own zone is in FIRE at once"),
    callPointPressedWhen: z
      .enum(["low", "high"])
      .default("low")
      .describe("low: a contact to ground that closes; high: one that opens, or a broken wire"),
    callPointName: z.string().min(1).max(100).default("call point").describe("what people call it"),
  })
  .prefault({});
