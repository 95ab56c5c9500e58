import assert from "node:assert/strict";
import { test } from "node:test";
import { crc16, packetBytes, vospiCrc } from "./vospi-crc.ts";
import { isIntactPacket } from "./vospi-packet.ts";

const payloads = {
  "all zero": new Uint8Array(160),
  "80 × 0x7530": Uint8Array.from({ length: 160 }, (_, i) => (i % 2 === 0 ? 0x75 : 0x30)),
  "words 0 to 79": Uint8Array.from({ length: 160 }, (_, i) => (i % 2 === 0 ? 0 : i >> 1)),
  "bytes 0 to 159": Uint8Array.from({ length: 160 }, (_, i) => i),
};

const vectors: readonly (readonly [id: number, payload: keyof typeof payloads, crc: number])[] = [
  [0x0000, "all zero", 0x0000],
  [0x0001, "all zero", 0x654c],
  [0x0014, "all zero", 0xb117],
  [0x1014, "all zero", 0xb117],
  [0x2014, "all zero", 0xb117],
  [0x3014, "all zero", 0xb117],
  [0x4014, "all zero", 0xb117],
  [0x003b, "all zero", 0xe9dd],
  [0x003c, "all zero", 0xc318],
  [0x0000, "80 × 0x7530", 0x0021],
  [0x3014, "80 × 0x7530", 0xb136],
  [0x003b, "80 × 0x7530", 0xe9fc],
  [0x0000, "words 0 to 79", 0x8c08],
  [0x1014, "words 0 to 79", 0x3d1f],
  [0x003b, "words 0 to 79", 0x65d5],
  [0x0000, "bytes 0 to 159", 0xb6a1],
  [0x2014, "bytes 0 to 159", 0x07b6],
];

function packet(id: number, payload: Uint8Array, crc: number): Uint8Array {
  return Uint8Array.of(id >> 8, id & 0xff, crc >> 8, crc & 0xff, ...payload);
}

test("every packet of the facts sheet has the checksum given there, whatever its CRC field says", () => {
  for (const [id, name, crc] of vectors) {
    const bytes = packet(id, payloads[name], 0xabcd);
    assert.equal(vospiCrc(bytes, 0), crc, `ID ${id.toString(16)}, ${name}`);
  }
});

test("a packet is found intact in the middle of other bytes, and not with a wrong bit", () => {
  for (const [id, name, crc] of vectors) {
    const bytes = new Uint8Array(7 + packetBytes + 7).fill(0x5a);
    bytes.set(packet(id, payloads[name], crc), 7);
    assert.equal(isIntactPacket(bytes, 7), true, `ID ${id.toString(16)}, ${name}`);
    for (let bit = 4; bit < packetBytes * 8; bit += 1) {
      bytes[7 + (bit >> 3)]! ^= 0x80 >> (bit & 7);
      assert.equal(isIntactPacket(bytes, 7), false, `bit ${bit}`);
      bytes[7 + (bit >> 3)]! ^= 0x80 >> (bit & 7);
    }
  }
});

test("a packet whose first bit is set is none, though the checksum does not see that bit", () => {
  assert.equal(isIntactPacket(packet(0x0014, payloads["all zero"], 0xb117), 0), true);
  assert.equal(isIntactPacket(packet(0x8014, payloads["all zero"], 0xb117), 0), false);
});

test("the checksum is CRC-16 XMODEM", () => {
  assert.equal(crc16(Uint8Array.of(0x6e), { start: 0, end: 1, crc: 0 }), 0x8d68);
  const check = new TextEncoder().encode("123456789");
  assert.equal(crc16(check, { start: 0, end: 9, crc: 0 }), 0x31c3);
  const half = crc16(check, { start: 0, end: 4, crc: 0 });
  assert.equal(crc16(check, { start: 4, end: 9, crc: half }), 0x31c3);
});
