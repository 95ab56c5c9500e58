import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Failure } from "#core/failure.ts";
import { certificateRequest } from "#support/certificate-requests.ts";
import { ManualClock } from "#support/manual-clock.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { parseCode } from "#wire/enrolment-code.ts";
import { openIdentities } from "../identity/device-identities.ts";
import { Refusals } from "../refusals.ts";
import {
  confirmWithinMs,
  EnrolmentDesk,
  openCodesMax,
  triesForgottenAfterMs,
  wrongTriesMax,
  wrongTriesPerAddressMax,
} from "./enrolment-desk.ts";

async function bench(t: TestContext) {
  const clock = new ManualClock();
  const identities = await openIdentities(await temporaryFolder(t), clock);
  const log: string[] = [];
  const refusals = new Refusals(clock, (line) => log.push(line));
  let revocations = 0;
  const desk = new EnrolmentDesk({
    clock,
    identities,
    refusals,
    onRevoked: () => {
      revocations += 1;
    },
    log: (line) => log.push(line),
  });
  const code = async (minutes = 10): Promise<string> =>
    parseCode((await desk.newCode({ by: "Ada", minutes })).code)!.secret;
  const ask = async (secret: string, address = "10.0.0.7", device = "kitchen"): Promise<string> => {
    const { request } = await certificateRequest(`CN=${device}`);
    return desk.ask({ secret, request, address, brokerUrl: "mqtts://hub:8883" });
  };
  return { clock, identities, desk, log, refusals, code, ask, revocations: () => revocations };
}

function refusedWith(code: string): (error: unknown) => boolean {
  return (error) => error instanceof Failure && error.side === "input" && error.code === code;
}

test("a device with a code waits for a person, and then has its certificate", async (t) => {
  const { desk, identities, code, ask } = await bench(t);
  const ticket = await ask(await code());
  assert.deepEqual(desk.state(ticket), { state: "waiting" });
  const [waiting] = (await desk.view()).waiting;
  assert.deepEqual([waiting?.device, waiting?.address, waiting?.replaces], ["kitchen", "10.0.0.7", false]);
  assert.equal(await desk.confirm(waiting!.id, "Ada"), "kitchen");
  const state = desk.state(ticket);
  assert.equal(state?.state, "issued");
  assert.equal((await identities.all()).length, 1);
  assert.deepEqual((await desk.view()).waiting, []);
  await assert.rejects(desk.confirm(waiting!.id, "Ada"), refusedWith("no-such-request"));
});

test("a code lets one device in, in its time", async (t) => {
  const { clock, code, ask } = await bench(t);
  const once = await code();
  await ask(once);
  await assert.rejects(ask(once), refusedWith("code-refused"));
  const late = await code(5);
  clock.advanceMs(5 * 60_000);
  await assert.rejects(ask(late), refusedWith("code-refused"));
});

test("a request that is none uses no code up", async (t) => {
  const { desk, code, ask } = await bench(t);
  const secret = await code();
  await assert.rejects(
    desk.ask({ secret, request: "nonsense", address: "10.0.0.7", brokerUrl: "" }),
    refusedWith("request-refused"),
  );
  await ask(secret);
});

test("an address that tries wrong codes is refused for a while, even with the right one", async (t) => {
  const { clock, refusals, log, code, ask } = await bench(t);
  const secret = await code(60);
  for (let n = 0; n < wrongTriesPerAddressMax; n += 1)
    await assert.rejects(ask("WRONG"), refusedWith("code-refused"));
  await assert.rejects(ask(secret), refusedWith("code-refused"));
  assert.equal(refusals.counts().byKind["wrong-code"], wrongTriesPerAddressMax + 1);
  assert.equal(log.filter((line) => line.startsWith("refused")).length, 1);
  clock.advanceMs(triesForgottenAfterMs);
  await ask(secret);
});

test("wrong codes from everywhere withdraw all codes", async (t) => {
  const { code, ask, desk } = await bench(t);
  const secret = await code();
  for (let n = 0; n < wrongTriesMax; n += 1) await assert.rejects(ask("WRONG", `10.0.1.${n}`));
  assert.equal((await desk.view()).openCodes, 0);
  await assert.rejects(ask(secret, "10.0.0.9"), refusedWith("code-refused"));
});

test("who is refused, or waits for too long, gets no certificate", async (t) => {
  const { clock, desk, identities, code, ask } = await bench(t);
  const ticket = await ask(await code());
  desk.refuse("1", "Ada");
  assert.deepEqual(desk.state(ticket), { state: "refused" });
  const second = await ask(await code());
  clock.advanceMs(confirmWithinMs);
  assert.equal(desk.state(second), null);
  await assert.rejects(desk.confirm("2", "Ada"), refusedWith("no-such-request"));
  assert.deepEqual(await identities.all(), []);
});

test("letting a device in again under its name revokes what it had before", async (t) => {
  const { desk, code, ask, revocations } = await bench(t);
  await ask(await code());
  await desk.confirm("1", "Ada");
  await ask(await code());
  assert.equal((await desk.view()).waiting[0]?.replaces, true);
  await desk.confirm("2", "Ada");
  assert.equal(revocations(), 1);
  const { devices } = await desk.view();
  assert.deepEqual(devices.map(({ revoked }) => revoked).sort(), [false, true]);
});

test("there are no more codes at once than the maximum", async (t) => {
  const { desk, code } = await bench(t);
  for (let n = 0; n < openCodesMax; n += 1) await code();
  await assert.rejects(desk.newCode({ by: "Ada", minutes: 10 }), refusedWith("too-many-codes"));
});
