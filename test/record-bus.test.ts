import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type TestContext, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { parseI2cRecording } from "#sensors/transport/i2c-exchange.ts";
import { parseSpiRecording } from "#sensors/transport/spi-recording-format.ts";
import { builtInPlans, parseBusPlan } from "../scripts/bus-plan.ts";
import { parseRecordBusArguments } from "../scripts/record-bus-options.ts";
import { runUnderShim } from "./support/device-shim/run-under-shim.ts";
import { sharedDeviceShim } from "./support/device-shim/shared-device-shim.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const program = resolve(import.meta.dirname, "../scripts/record-bus.ts");
const { skip, library } = sharedDeviceShim();

async function workplace(context: TestContext) {
  const folder = await temporaryFolder(context);
  const run = (...programArguments: string[]) =>
    runUnderShim({ library: library(), program, programArguments });
  return { folder, run };
}

test("an I2C plan becomes a recording that plays back", { skip }, async (context) => {
  const { folder, run } = await workplace(context);
  const [plan, out] = [join(folder, "plan.txt"), join(folder, "serial.txt")];
  writeFileSync(plan, "# who is it?\n0x62 write 36 82\nwait 1\n0x62 read 9\n0x61 read 2\n");
  const { exitCode, output } = await run("i2c", "--plan", plan, "--out", out);
  assert.equal(exitCode, 0, output);
  assert.match(output, /serial\.txt: 3 exchanges with 0x62, 0x61, 1 of them failed/);
  const exchanges = parseI2cRecording({ name: out, text: readFileSync(out, "utf8") });
  assert.deepEqual(
    exchanges.map(({ address, readBytes }) => [address, readBytes]),
    [
      [0x62, 0],
      [0x62, 9],
      [0x61, 2],
    ],
  );
  const [asked, read] = exchanges;
  assert.ok(asked !== undefined && read !== undefined && read.answer instanceof Uint8Array);
  assert.deepEqual([...read.answer.subarray(0, 3)], [0xf8, 0x96, 0x31]);
  assert.ok(read.atMs - asked.atMs >= 1, "the pause is in the recording");
});

test("an SPI recording holds every read in order, and plays back", { skip }, async (context) => {
  const { folder, run } = await workplace(context);
  const out = join(folder, "camera.spi.gz");
  const { exitCode, output } = await run("spi", "--seconds", "0.05", "--out", out);
  assert.equal(exitCode, 0, output);
  assert.match(output, /camera\.spi\.gz: \d+ reads of 164 bytes in 0\.\d+ s/);
  const reads = parseSpiRecording({ name: out, bytes: gunzipSync(readFileSync(out)) });
  assert.ok(reads.length >= 64);
  reads.forEach(({ bytes }, index) => {
    assert.equal((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0), index & 0xffff);
  });
});

test("what cannot be recorded is said in one sentence, with nothing half-written", {
  skip,
}, async (context) => {
  const { folder, run } = await workplace(context);
  const out = join(folder, "x");
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [["i2c", "--plan", "scd41", "--bus", "/dev/i2c-nine", "--out", out], 1, /I2C is disabled/],
    [["spi", "--device", "/dev/spidev9.9", "--out", out], 1, /SPI is disabled/],
    [["spi", "--read-bytes", "5000", "--out", out], 1, /spidev\.bufsiz/],
    [["i2c", "--plan", join(folder, "none"), "--out", out], 2, /cannot be read \(ENOENT\)/],
    [["i2c", "--plan", program, "--out", out], 2, /record-bus\.ts, line 1 is no step/],
    [["check", program], 2, /is no SPI recording/],
  ];
  for (const [programArguments, expected, message] of cases) {
    const { exitCode, output } = await run(...programArguments);
    assert.match(output, message);
    assert.equal(exitCode, expected, output);
    assert.equal(output.trim().split("\n").length, 1, output);
  }
  assert.deepEqual(readdirSync(folder), []);
});

test("a wrong command line is refused with what to do", () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /Say i2c, spi or check/],
    [["listen"], /There is no action "listen"/],
    [["i2c"], /--plan is missing/],
    [["i2c", "--plan", "scd41", "more"], /Too many words/],
    [["spi"], /--out is missing/],
    [["spi", "--out", "x", "--seconds", "many"], /--seconds is "many"/],
    [["spi", "--out", "x", "--read-bytes", "0"], /--read-bytes is "0"/],
    [["spi", "--loud"], /'--loud'/],
    [["check"], /file to check is missing/],
  ];
  for (const [words, message] of cases) {
    assert.throws(() => parseRecordBusArguments(words), { code: "usage", side: "input", message });
  }
  assert.deepEqual(parseRecordBusArguments(["--help"]), { action: "help" });
});

test("the plans that come along are plans", () => {
  for (const [name, text] of Object.entries(builtInPlans)) {
    const steps = parseBusPlan({ name, text });
    assert.ok(steps.length > 5);
  }
  for (const line of [
    "0x82 read 1",
    "0x62 write 1",
    "wait",
    "wait 70000",
    "0x62 read 9 write 36",
    "read 9",
  ]) {
    assert.throws(() => parseBusPlan({ name: "plan", text: line }), { code: "bad-plan" }, line);
  }
  assert.throws(() => parseBusPlan({ name: "plan", text: "# nothing" }), { code: "bad-plan" });
});
