import assert from "node:assert/strict";
import { test } from "node:test";
import { crc16, fillDiscardPacket, vospiPacketBytes, writeVospiPacket } from "./emulated-vospi-packet.ts";

const ramp = Uint16Array.from({ length: 80 }, (_, i) => i);
const byteRamp = Uint16Array.from({ length: 80 }, (_, i) => ((2 * i) << 8) | (2 * i + 1));

function packetOf(number: number, packet: number, words: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(vospiPacketBytes);
  writeVospiPacket(bytes, 0, { number, packet, words, wordOffset: 0 });
  return bytes;
}

test("the checksum routine gives the published check values", () => {
  assert.equal(crc16(Uint8Array.of(0x6e)), 0x8d68);
  assert.equal(crc16(new TextEncoder().encode("123456789")), 0x31c3);
});

test("packets have the identifiers and checksums of the facts sheet", () => {
  const zeros = new Uint16Array(80);
  const warm = new Uint16Array(80).fill(0x7530);
  const vectors: readonly (readonly [
    number: number,
    packet: number,
    words: Uint16Array,
    id: number,
    crc: number,
  ])[] = [
    [0, 0, zeros, 0x0000, 0x0000],
    [0, 1, zeros, 0x0001, 0x654c],
    [0, 20, zeros, 0x0014, 0xb117],
    [1, 20, zeros, 0x1014, 0xb117],
    [2, 20, zeros, 0x2014, 0xb117],
    [3, 20, zeros, 0x3014, 0xb117],
    [4, 20, zeros, 0x4014, 0xb117],
    [0, 59, zeros, 0x003b, 0xe9dd],
    [0, 60, zeros, 0x003c, 0xc318],
    [0, 0, warm, 0x0000, 0x0021],
    [3, 20, warm, 0x3014, 0xb136],
    [0, 59, warm, 0x003b, 0xe9fc],
    [0, 0, ramp, 0x0000, 0x8c08],
    [1, 20, ramp, 0x1014, 0x3d1f],
    [0, 59, ramp, 0x003b, 0x65d5],
    [0, 0, byteRamp, 0x0000, 0xb6a1],
    [2, 20, byteRamp, 0x2014, 0x07b6],
  ];
  for (const [number, packet, words, id, crc] of vectors) {
    const view = new DataView(packetOf(number, packet, words).buffer);
    assert.equal(view.getUint16(0), id);
    assert.equal(view.getUint16(2), crc, `identifier ${id.toString(16)}`);
  }
});

test("the payload is big endian and comes from where it is told to", () => {
  const bytes = new Uint8Array(2 * vospiPacketBytes);
  const words = new Uint16Array(160).fill(0x1234, 80);
  writeVospiPacket(bytes, vospiPacketBytes, { number: 0, packet: 5, words, wordOffset: 80 });
  assert.deepEqual([...bytes.subarray(0, vospiPacketBytes)], new Array(vospiPacketBytes).fill(0));
  assert.deepEqual([...bytes.subarray(vospiPacketBytes + 4, vospiPacketBytes + 8)], [0x12, 0x34, 0x12, 0x34]);
});

test("every discard packet is told by four bits and by nothing else", () => {
  const seen = new Set<number>();
  for (let salt = 0; salt < 600; salt += 1) {
    const packet = new Uint8Array(vospiPacketBytes);
    fillDiscardPacket(packet, salt);
    assert.equal(packet[0]! & 0x0f, 0x0f);
    seen.add(packet[0]!);
  }
  assert.equal(seen.size, 16);
});
