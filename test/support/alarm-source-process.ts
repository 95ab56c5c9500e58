/**
 * A device's way from an alarm to the hub in processes of its own, to be killed: event log on disk, keeper and link
 * process, fed with an alarm every few milliseconds: `node alarm-source-process.ts FOLDER BROKER-URL CREDENTIALS FIRST`.
 * Prints "kept ID" when an event is on disk, "up link" when the hub is reached, "link PID" for each link process, and once its standard input has ended,
 * which stops the alarms, "waiting COUNT" again and again.
 */
import { linkProgram } from "#cli/edge/edge-agent.ts";
import { systemClock } from "#cli/system-clock.ts";
import type { EventLog } from "#core/event-log/event-log.ts";
import { Random } from "#core/random.ts";
import { forkLink } from "#edge/fork-link.ts";
import { LinkProcess } from "#edge/link-process.ts";
import { machineDisk } from "#edge/machine-disk.ts";
import { openEventKeeper } from "#edge/open-event-keeper.ts";
import { alarmMessage, healthMessage, sampleMicros, stateAtRest } from "./alarm-samples.ts";

/** Pause between two alarms. */
const pauseMs = { shortest: 5, longest: 60 } as const;
const tellEveryMs = 200;

const [dataFolder = "", brokerUrl = "", credentialsFile = "", first = "1"] = process.argv.slice(2);
const random = new Random(Number(first));
const say = (line: string): void => void process.stdout.write(`${line}\n`);
let opened: EventLog | null = null;

function telling(log: EventLog): EventLog {
  opened = log;
  return {
    append: async (entry) => {
      const sequence = await log.append(entry);
      say(`kept ${entry.id}`);
      return sequence;
    },
    read: (range) => log.read(range),
    remove: (sequences) => log.remove(sequences),
    counts: () => log.counts(),
    close: () => log.close(),
  };
}

const keeper = await openEventKeeper({
  disk: {
    ...machineDisk,
    openEventLog: async (paths) => {
      const { log, damage } = await machineDisk.openEventLog(paths);
      return { log: telling(log), damage };
    },
  },
  dataFolder,
  deviceId: "kitchen",
  clock: systemClock,
  onProblem: (problem) => say(`problem ${problem}`),
  onDropped: () => {},
  onDamage: (damage) => say(`damage ${damage.join(" ")}`),
});
let next = Number(first);
const link = new LinkProcess({
  deviceId: "kitchen",
  clock: systemClock,
  keeper,
  health: () => healthMessage(),
  state: () => ({ v: 1, atMicros: sampleMicros, state: stateAtRest }),
  regions: () => ({ v: 1, atMicros: sampleMicros, regions: [], blindedShare: 0, proposals: [] }),
  onUp: () => say("up link"),
  onDown: () => {},
  onCommand: () => {},
  onTrouble: () => {},
  brokerUrl,
  credentialsFile,
  newEventId: () => `alarm-${String(next).padStart(8, "0")}`,
  startChild: (listener) => {
    const child = forkLink(linkProgram, listener);
    say(`link ${child.pid}`);
    return child;
  },
  log: () => {},
});
link.start();

let isResting = false;
function alarm(): void {
  if (isResting) return;
  link.addEvent(alarmMessage({ id: "not-used", sequence: next }).event);
  next += 1;
  systemClock.after(random.between(pauseMs.shortest, pauseMs.longest), alarm);
}
alarm();
process.stdin.resume();
process.stdin.on("end", () => {
  isResting = true;
  systemClock.every(tellEveryMs, () => {
    void opened?.counts().then(({ entries }) => say(`waiting ${entries}`));
  });
});
