import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { TransportFailure } from "../transport-failure.ts";
import { FfmpegFrameStream, type FfmpegFrameStreamOptions } from "./ffmpeg-frame-stream.ts";

const hasFfmpeg = spawnSync("ffmpeg", ["-version"]).status === 0;

/** A program in ffmpeg's place, and a file in the device's. */
async function fakeFfmpeg(context: TestContext, script: string): Promise<FfmpegFrameStreamOptions> {
  const folder = await mkdtemp(join(tmpdir(), "emberwatch-ffmpeg-"));
  context.after(() => rm(folder, { recursive: true }));
  const program = join(folder, "ffmpeg");
  const device = join(folder, "video0");
  await writeFile(program, `#!/bin/sh\n${script}\n`);
  await chmod(program, 0o755);
  await writeFile(device, "");
  return { program, device, rows: 122 };
}

interface Ended {
  readonly bytes: Buffer;
  readonly text: string;
}

/** Runs a stream until it ends by itself. */
async function untilEnd(stream: FfmpegFrameStream): Promise<Ended> {
  const pieces: Uint8Array[] = [];
  const { promise, resolve } = Promise.withResolvers<string>();
  await stream.start({ onBytes: (bytes) => void pieces.push(bytes), onEnd: resolve });
  const text = await promise;
  return { bytes: Buffer.concat(pieces), text };
}

test("bytes come through, and ffmpeg is asked for 16-bit pictures of the device", async (context) => {
  const stream = new FfmpegFrameStream(await fakeFfmpeg(context, 'printf "%s " "$@"'));
  const { bytes, text } = await untilEnd(stream);
  assert.match(
    bytes.toString(),
    /-f v4l2 -input_format gray16le -video_size 160x122 -i \S+video0 -f rawvideo -pix_fmt gray16le - $/,
  );
  assert.match(text, /has ended\.$/);
});

const complaints: readonly (readonly [complaint: string, text: RegExp])[] = [
  ["[video4linux2] ioctl(VIDIOC_STREAMON): Device or resource busy", /another program/],
  ["/dev/video0: Permission denied", /group "video"/],
  ["[video4linux2] ioctl(VIDIOC_DQBUF): No such device", /unplugged/],
  ["[video4linux2] Cannot find a proper format for codec 'none'", /16-bit pictures of 160×122/],
  ["something else went wrong", /something else went wrong/],
];

for (const [complaint, text] of complaints) {
  test(`"${complaint}" is said in plain words`, async (context) => {
    const stream = new FfmpegFrameStream(await fakeFfmpeg(context, `echo "${complaint}" >&2; exit 1`));
    assert.match((await untilEnd(stream)).text, text);
  });
}

test("a stream can be started again after it has ended", async (context) => {
  const stream = new FfmpegFrameStream(await fakeFfmpeg(context, "printf abc"));
  assert.equal((await untilEnd(stream)).bytes.toString(), "abc");
  assert.equal((await untilEnd(stream)).bytes.toString(), "abc");
});

test("stopping ends the program, tells nothing, and may be done twice", async (context) => {
  const stream = new FfmpegFrameStream(await fakeFfmpeg(context, "printf x; exec cat /dev/zero"));
  const { promise, resolve } = Promise.withResolvers<void>();
  await stream.start({ onBytes: () => resolve(), onEnd: () => assert.fail("it was stopped") });
  await promise;
  await stream.stop();
  await stream.stop();
});

test("a device that is not there is missing, and a program that is not there too", async (context) => {
  const options = await fakeFfmpeg(context, "exit 0");
  const listener = { onBytes: () => {}, onEnd: () => {} };
  const isMissing = (pattern: RegExp) => (error: unknown) =>
    error instanceof TransportFailure && error.code === "device-missing" && pattern.test(error.message);
  const noDevice = new FfmpegFrameStream({ ...options, device: `${options.device}-none` });
  await assert.rejects(noDevice.start(listener), isMissing(/There is no .*video0-none/));
  const noProgram = new FfmpegFrameStream({ ...options, program: `${options.program}-none` });
  await assert.rejects(noProgram.start(listener), isMissing(/not installed/));
});

test("the real ffmpeg gives pictures of the right size", {
  skip: hasFfmpeg ? false : "ffmpeg absent: apt install ffmpeg to run this",
}, async () => {
  const stream = new FfmpegFrameStream({
    device: "/dev/video0",
    rows: 122,
    input: ["-f", "lavfi", "-i", "testsrc=size=160x122:rate=9:duration=1"],
  });
  const { bytes } = await untilEnd(stream);
  assert.equal(bytes.length, 9 * 160 * 122 * 2);
});
