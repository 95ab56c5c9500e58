import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, Socket } from "node:net";
import { type TestContext, test } from "node:test";
import Modbus from "jsmodbus";
import { ManualClock } from "#support/manual-clock.ts";
import { defaultIntegrationsConfig, type IntegrationsConfig } from "../integrations-config.ts";
import { ModbusServer, modbusIdleMs } from "./modbus-server.ts";
import type { RegisterBlock } from "./register-map.ts";

const blocks: readonly RegisterBlock[] = [
  { first: 0, values: Array.from({ length: 16 }, (_, k) => k + 1) },
  { first: 1_000, values: Array.from({ length: 160 }, (_, k) => 0x8000 + k) },
];

async function stage(context: TestContext, changes: Partial<IntegrationsConfig["modbus"]> = {}) {
  const clock = new ManualClock();
  const logged: string[] = [];
  const server = new ModbusServer({
    clock,
    config: { ...defaultIntegrationsConfig.modbus, ...changes, port: 0 },
    blocks: () => blocks,
    log: (line) => logged.push(line),
  });
  const port = await server.start();
  context.after(() => server.stop());
  const open = async (): Promise<Socket> => {
    const socket = connect(port, "127.0.0.1");
    context.after(() => socket.destroy());
    await once(socket, "connect");
    return socket;
  };
  return { clock, server, port, open, logged };
}

/** A client of another implementation, which wants to see its socket connect. */
async function client(context: TestContext, port: number) {
  const socket = new Socket();
  context.after(() => socket.destroy());
  const modbus = new Modbus.client.TCP(socket, 1, 5_000);
  socket.connect(port, "127.0.0.1");
  await once(socket, "connect");
  return modbus;
}

/** The code of the exception with which a request was answered. */
async function exceptionOf(request: Promise<unknown>): Promise<string> {
  try {
    await request;
  } catch (error) {
    const { response } = error as { response?: { body?: { code?: number } } };
    return String(response?.body?.code ?? error);
  }
  return "answered";
}

test("a client of another implementation reads the registers by both functions", async (t) => {
  const { port } = await stage(t);
  const modbus = await client(t, port);
  const input = await modbus.readInputRegisters(0, 4);
  assert.deepEqual([...input.response.body.values], [1, 2, 3, 4]);
  const holding = await modbus.readHoldingRegisters(1_158, 2);
  assert.deepEqual([...holding.response.body.values], [0x8000 + 158, 0x8000 + 159]);
  const most = await modbus.readInputRegisters(1_000, 125);
  assert.equal(most.response.body.values.length, 125);
});

test("writing is an exception, of coils and of registers", async (t) => {
  const { port } = await stage(t);
  const modbus = await client(t, port);
  assert.equal(await exceptionOf(modbus.writeSingleRegister(0, 7)), "1");
  assert.equal(await exceptionOf(modbus.writeMultipleRegisters(0, [7, 8])), "1");
  assert.equal(await exceptionOf(modbus.writeSingleCoil(0, true)), "1");
  assert.equal(await exceptionOf(modbus.readCoils(0, 1)), "1");
  const input = await modbus.readInputRegisters(0, 1);
  assert.deepEqual([...input.response.body.values], [1]);
});

test("what is outside of a block is an exception, also where only its end is", async (t) => {
  const { port } = await stage(t);
  const modbus = await client(t, port);
  for (const [first, count] of [
    [16, 1],
    [15, 2],
    [1_159, 2],
    [65_535, 1],
  ] as const)
    assert.equal(await exceptionOf(modbus.readInputRegisters(first, count)), "2", `${first}`);
});

/** The next answer on a connection that is spoken to by bytes. */
async function answerTo(socket: Socket, hex: string): Promise<string> {
  socket.write(Buffer.from(hex, "hex"));
  const [answer] = (await once(socket, "data")) as [Buffer];
  return answer.toString("hex");
}

test("more registers than an answer holds, or none, is an exception", async (t) => {
  const { open } = await stage(t);
  const socket = await open();
  assert.equal(await answerTo(socket, "00010000000601040000007e"), "000100000003018403");
  assert.equal(await answerTo(socket, "000200000006010400000000"), "000200000003018403");
});

test("requests that come in pieces or together are answered each, for any unit", async (t) => {
  const { open } = await stage(t);
  const socket = await open();
  socket.write(Buffer.from("00010000000611", "hex"));
  assert.equal(await answerTo(socket, "0400000001"), "0001000000051104020001");
  const both = "000200000006ff0300010001" + "000300000006ff0300020001";
  let heard = "";
  socket.on("data", (chunk: Buffer) => {
    heard += chunk.toString("hex");
  });
  socket.write(Buffer.from(both, "hex"));
  while (heard.length < 44) await once(socket, "data");
  assert.equal(heard, "000200000005ff03020002" + "000300000005ff03020003");
});

test("a connection that speaks no Modbus is closed", async (t) => {
  const { open } = await stage(t);
  for (const nonsense of ["474554202f20485454502f312e31", "0001000000010104", "00010000ffff0104"]) {
    const socket = await open();
    socket.write(Buffer.from(nonsense, "hex"));
    await once(socket, "close");
  }
});

test("a connection that asks nothing for two minutes is closed, one that asks is not", async (t) => {
  const { clock, open } = await stage(t);
  const idle = await open();
  const busy = await open();
  const closed = once(idle, "close");
  await answerTo(idle, "000100000006010400000001");
  clock.advanceMs(modbusIdleMs / 2);
  await answerTo(busy, "000100000006010400000001");
  clock.advanceMs(modbusIdleMs / 2 + 1_000);
  clock.advanceMs(10_000);
  await closed;
  assert.equal(await answerTo(busy, "000100000006010400000001"), "0001000000050104020001");
});

test("an address that the configuration does not name is turned away", async (t) => {
  const { open, logged, port } = await stage(t, { clients: ["127.0.0.2"] });
  const socket = await open();
  await once(socket, "close");
  assert.match(logged.join(), /127\.0\.0\.1 is not among the clients/);
  const named = connect({ port, host: "127.0.0.1", localAddress: "127.0.0.2" });
  t.after(() => named.destroy());
  await once(named, "connect");
  assert.equal(await answerTo(named, "000100000006010400000001"), "0001000000050104020001");
});

test("a port that is taken is told in one sentence", async (t) => {
  const { port } = await stage(t);
  const second = new ModbusServer({
    clock: new ManualClock(),
    config: { ...defaultIntegrationsConfig.modbus, port },
    blocks: () => blocks,
    log: () => {},
  });
  await assert.rejects(second.start(), /already in use/);
});
