import { ioctlNumber } from "./ioctl-number.ts";

/** Type of the GPIO ioctls in linux/gpio.h. */
const magic = 0xb4;

/** Size of `struct gpio_v2_line_request`. */
export const gpioLineRequestBytes = 592;

/** Size of `struct gpio_v2_line_values`. */
export const gpioLineValuesBytes = 16;

/** `GPIO_V2_GET_LINE_IOCTL`: asks the chip for lines; the answer holds a descriptor of their own. */
export const ioctlGpioGetLine = ioctlNumber({
  direction: "read-write",
  type: magic,
  number: 0x07,
  sizeBytes: gpioLineRequestBytes,
});

/** `GPIO_V2_LINE_SET_VALUES_IOCTL`, on the lines' descriptor. */
export const ioctlGpioSetValues = ioctlNumber({
  direction: "read-write",
  type: magic,
  number: 0x0f,
  sizeBytes: gpioLineValuesBytes,
});

/** `GPIO_V2_LINE_GET_VALUES_IOCTL`, on the lines' descriptor. */
export const ioctlGpioGetValues = ioctlNumber({
  direction: "read-write",
  type: magic,
  number: 0x0e,
  sizeBytes: gpioLineValuesBytes,
});

/** `GPIO_V2_LINE_FLAG_INPUT`. */
const flagInput = 1n << 2n;

/** `GPIO_V2_LINE_FLAG_OUTPUT`. */
const flagOutput = 1n << 3n;

/** `GPIO_V2_LINE_FLAG_BIAS_PULL_UP`. */
const flagBiasPullUp = 1n << 8n;

/** `GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES`. */
const attributeOutputValues = 2;

/** `GPIO_MAX_NAME_SIZE`, with its closing zero. */
const nameBytesMax = 32;

/**
 * Where the fields of `struct gpio_v2_line_request` lie: `__u32 offsets[64]` at 0, `char consumer[32]`, then
 * `struct gpio_v2_line_config` with `__u64 flags`, `__u32 num_attrs`, `__u32 padding[5]` and ten attributes of 24
 * bytes (`__u32 id`, `__u32 padding`, `__u64 values`, `__u64 mask`), then `__u32 num_lines`,
 * `__u32 event_buffer_size`, `__u32 padding[5]`, `__s32 fd`.
 */
const at = {
  offsets: 0,
  consumer: 256,
  flags: 288,
  attributeCount: 296,
  attributeId: 320,
  attributeValues: 328,
  attributeMask: 336,
  lineCount: 560,
  descriptor: 588,
} as const;

/** What is asked of a GPIO chip. */
export interface GpioOutputRequest {
  /** Line of the chip. On a Raspberry Pi the "GPIO n" of pin-outs, not the pin of the header. */
  readonly line: number;
  /** Level from the first moment on. */
  readonly initial: "high" | "low";
  /** Name that "gpioinfo" shows; what is longer than 31 ASCII characters is cut. */
  readonly consumer: string;
}

/** A `struct gpio_v2_line_request` for one output line. */
export function gpioOutputRequest(output: GpioOutputRequest): Uint8Array<ArrayBuffer> {
  const { request, view } = lineRequest({ ...output, flags: flagOutput });
  view.setUint32(at.attributeCount, 1, true);
  view.setUint32(at.attributeId, attributeOutputValues, true);
  view.setBigUint64(at.attributeValues, output.initial === "high" ? 1n : 0n, true);
  view.setBigUint64(at.attributeMask, 1n, true);
  return request;
}

/** A `struct gpio_v2_line_request` for one input line that is pulled up, so that a contact to ground makes it low. */
export function gpioInputRequest(
  input: Pick<GpioOutputRequest, "line" | "consumer">,
): Uint8Array<ArrayBuffer> {
  return lineRequest({ ...input, flags: flagInput | flagBiasPullUp }).request;
}

function lineRequest(asked: { readonly line: number; readonly consumer: string; readonly flags: bigint }): {
  readonly request: Uint8Array<ArrayBuffer>;
  readonly view: DataView;
} {
  const request = new Uint8Array(gpioLineRequestBytes);
  const view = new DataView(request.buffer);
  view.setUint32(at.offsets, asked.line, true);
  request.set(new TextEncoder().encode(asked.consumer).subarray(0, nameBytesMax - 1), at.consumer);
  view.setBigUint64(at.flags, asked.flags, true);
  view.setUint32(at.lineCount, 1, true);
  return { request, view };
}

/** The descriptor that the kernel has put into an answered request. */
export function gpioLineDescriptor(request: Uint8Array<ArrayBuffer>): number {
  return new DataView(request.buffer).getInt32(at.descriptor, true);
}

/** A `struct gpio_v2_line_values`: `__u64 bits`, `__u64 mask`, of which we have bit 0. */
export function gpioLineValues(level: "high" | "low"): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(gpioLineValuesBytes);
  values[0] = level === "high" ? 1 : 0;
  values[8] = 1;
  return values;
}

/** The level of the line in an answered `struct gpio_v2_line_values`. */
export function gpioLineLevel(values: Uint8Array): "high" | "low" {
  return (values[0]! & 1) === 1 ? "high" : "low";
}
