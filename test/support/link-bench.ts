import { initialAlarmState } from "#core/alarm/alarm-machine.ts";
import { EventKeeper } from "#edge/event-keeper.ts";
import { type LinkChildListener, LinkProcess } from "#edge/link-process.ts";
import { MemoryEventLog } from "#edge/memory-event-log.ts";
import type { RecorderCargo } from "#edge/recorder-cargo.ts";
import type { ToLink } from "#wire/link-channel.ts";
import type { FromRecorder, RecordBegin, RecordClip } from "#wire/recorder-messages.ts";
import { ManualClock } from "./manual-clock.ts";

/** Stands for a recorder in the link process, as this one sees it. */
export class WatchedCargo implements RecorderCargo {
  onWaiting: () => void = () => {};
  readonly waiting: number[] = [];
  readonly heard: FromRecorder[] = [];
  ends = 0;

  begin(): RecordBegin {
    const limits = { syncSeconds: 5, fileBytesMax: 1, bytesMax: 1, filesMax: 1 };
    return {
      kind: "record-begin",
      deviceId: "kitchen",
      dataFolder: "/nowhere",
      evidence: { beforeSeconds: 30, afterSeconds: 300, ...limits },
      continuous: null,
      config: new Uint8Array(0),
      openIncident: null,
      standing: null,
      problems: {},
    };
  }

  next(): RecordClip | null {
    const n = this.waiting.shift();
    return n === undefined ? null : { kind: "record-clip", clipId: String(n), seconds: n };
  }

  hear(message: FromRecorder): void {
    this.heard.push(message);
  }

  takeLetGo(): number {
    return 0;
  }

  ended(): void {
    this.ends += 1;
  }
}

/** Stands for the processes that a LinkProcess starts. */
export class LinkBench {
  readonly clock = new ManualClock();
  readonly eventLog = new MemoryEventLog();
  readonly keeper = new EventKeeper({
    log: this.eventLog,
    clock: this.clock,
    onProblem: (problem) => this.problems.push(problem),
    onDropped: () => {},
  });
  readonly problems: (string | null)[] = [];
  readonly children: { said: ToLink[]; listener: LinkChildListener; killed: number }[] = [];
  readonly troubles: boolean[] = [];
  readonly downs: string[] = [];
  readonly commands: string[] = [];
  readonly log: string[] = [];
  readonly cargo: WatchedCargo | undefined;
  #events = 0;
  readonly link: LinkProcess;

  constructor(cargo?: WatchedCargo) {
    this.cargo = cargo;
    this.link = this.#makeLink();
  }

  #makeLink(): LinkProcess {
    return new LinkProcess({
      deviceId: "kitchen",
      clock: this.clock,
      keeper: this.keeper,
      health: () => ({
        v: 1,
        online: true,
        atMicros: 0,
        name: "Kitchen",
        softwareVersion: "0",
        source: "camera",
        capabilities: [],
        radiometric: null,
        newestFrameAtMicros: null,
        newestAirAtMicros: null,
        framesPerSecond: 0,
      }),
      state: () => ({ v: 1, atMicros: 0, state: initialAlarmState() }),
      regions: () => ({ v: 1, atMicros: 0, regions: [], blindedShare: 0, proposals: [] }),
      onUp: () => {},
      onDown: (cause) => this.downs.push(cause),
      onCommand: (topic) => this.commands.push(topic),
      onTrouble: ({ active }) => this.troubles.push(active),
      brokerUrl: "mqtt://127.0.0.1:1",
      credentialsFile: "/nowhere",
      newEventId: () => {
        this.#events += 1;
        return `event-000${this.#events}`;
      },
      startChild: (listener) => {
        const child = { said: [] as ToLink[], listener, killed: 0 };
        this.children.push(child);
        return {
          pid: this.children.length,
          send: (message, onTaken) => {
            child.said.push(message);
            onTaken();
          },
          kill: () => {
            child.killed += 1;
          },
        };
      },
      log: (line) => this.log.push(line),
      recorder: this.cargo,
    });
  }

  get newest(): LinkBench["children"][number] {
    return this.children.at(-1)!;
  }

  /** The newest process says something. */
  say(message: unknown): void {
    this.newest.listener.onMessage(message);
  }

  get offered(): readonly string[] {
    return this.newest.said.flatMap((message) =>
      message.kind === "events" ? message.events.map(({ id }) => id) : [],
    );
  }
}
