import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { answerRequest, modbusFrameBytesMax, takeRequest } from "./answer-request.ts";

const blocks = [{ first: 10, values: [1, 2, 3] }];

test("whatever bytes come, each request gets one answer that is no longer than Modbus allows", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      let rest = Buffer.from(bytes);
      for (let taken = takeRequest(rest); taken.kind === "request"; taken = takeRequest(rest)) {
        const answer = answerRequest(taken.request, blocks);
        assert.equal(answer.readUInt16BE(4), answer.length - 6);
        assert.ok(answer.length <= modbusFrameBytesMax);
        rest = Buffer.from(taken.rest);
      }
    }),
    { numRuns: 500, seed: 7 },
  );
});

test("whatever is asked by a well-formed request, only what is there is answered", () => {
  fc.assert(
    fc.property(fc.nat(255), fc.nat(40), fc.nat(130), (functionCode, first, count) => {
      const request = Buffer.from([0, 1, 0, 0, 0, 6, 1, functionCode, 0, first, 0, count]);
      const answer = answerRequest(request, blocks);
      const isThere = count >= 1 && first >= 10 && first + count <= 13;
      const isRead = functionCode === 3 || functionCode === 4;
      assert.equal(answer.readUInt8(7) === functionCode && answer.length > 9, isThere && isRead);
    }),
    { numRuns: 2_000, seed: 8 },
  );
});
