/** Attacks a hub from a process of its own: `node malformed-attacker-process.ts COUNT SEED`, the target on standard input. */
import { text } from "node:stream/consumers";
import { Random } from "#core/random.ts";
import { type Attacked, attack } from "./malformed-attack.ts";

const [count = "0", seed = "1"] = process.argv.slice(2);
const target = JSON.parse(await text(process.stdin)) as Attacked;
const sent = await attack(target, Number(count), new Random(Number(seed)));
process.stdout.write(`${JSON.stringify(sent)}\n`);
process.exit(0);
