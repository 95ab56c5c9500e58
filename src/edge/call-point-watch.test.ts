import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "#support/manual-clock.ts";
import { CallPointWatch } from "./call-point-watch.ts";

class Stage {
  readonly clock = new ManualClock();
  readonly presses: number[] = [];
  readonly problems: (string | null)[] = [];
  level: "high" | "low" | "broken" = "high";
  answered = false;
  opened = 0;
  readonly watch = new CallPointWatch({
    clock: this.clock,
    open: async () => {
      this.opened += 1;
      return {
        read: async () => {
          if (this.level === "broken") throw new Error("the line is gone");
          return this.level;
        },
        close: async () => {},
      };
    },
    pressedWhen: "low",
    onPress: () => this.presses.push(this.clock.monotonicMs()),
    isAnswered: () => this.answered,
    onProblem: (problem) => this.problems.push(problem),
  });

  async pass(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 50) {
      this.clock.advanceMs(50);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

test("a press is told once it has stood for two readings, and a bounce is none", async () => {
  const stage = new Stage();
  stage.watch.start();
  await stage.pass(200);
  stage.level = "low";
  await stage.pass(50);
  stage.level = "high";
  await stage.pass(200);
  assert.equal(stage.presses.length, 0);
  stage.level = "low";
  await stage.pass(100);
  assert.equal(stage.presses.length, 1);
  await stage.watch.close();
});

test("while it stays pressed it is told again each second until it is FIRE, and again after a reset", async () => {
  const stage = new Stage();
  stage.watch.start();
  stage.level = "low";
  await stage.pass(2_300);
  assert.equal(stage.presses.length, 3);
  stage.answered = true;
  await stage.pass(5_000);
  assert.equal(stage.presses.length, 3);
  stage.answered = false;
  await stage.pass(50);
  assert.equal(stage.presses.length, 4);
  await stage.watch.close();
});

test("a line that cannot be read is a fault until it can be, and is opened anew", async () => {
  const stage = new Stage();
  stage.watch.start();
  await stage.pass(100);
  stage.level = "broken";
  await stage.pass(300);
  stage.level = "high";
  await stage.pass(200);
  assert.deepEqual(stage.problems, ["The call point cannot be read: the line is gone", null]);
  assert.ok(stage.opened >= 2);
  assert.equal(stage.presses.length, 0);
  await stage.watch.close();
});
