import { EventEmitter, once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { systemClock } from "#cli/system-clock.ts";
import type { Random } from "#core/random.ts";
import { writeCredentials } from "#edge/credentials-file.ts";
import { savedDevicePaths } from "#edge/saved-device.ts";
import { openDeviceCredentials } from "#hub/device-credentials.ts";
import { storeFileName } from "#hub/store.ts";
import { KilledProcess } from "./killed-process.ts";

/** What a drill of kills found. */
export interface ProcessKillsResult {
  readonly hubKills: number;
  readonly alarmProcessKills: number;
  readonly linkKills: number;
  /** Alarms that were on the device's disk. */
  readonly kept: number;
  /** Those of them that neither the hub nor the device has: must be 0. */
  readonly lost: number;
  /** Alarms that waited on the device's disk when the kills were over. */
  readonly backlog: number;
  /** How long these took to reach the hub, from the start of a fresh alarm process on. */
  readonly deliverySeconds: number;
  /** Alarms that still waited on the device's disk when the drill gave up waiting: must be 0. */
  readonly waiting: number;
  /** Alarms that the hub has more than once: must be 0. */
  readonly duplicated: number;
}

/** Shortest and longest time from one kill to the next. */
const betweenKillsMs = { shortest: 50, longest: 1_500 } as const;
/** Share of the kills before which the device has reached the hub; the wait for that has an end. */
const atWorkShare = 0.7;
const atWorkWithinMs = 30_000;
/** In the end the drill waits as long as what waits grows less, and gives up when it has not for so long. */
const stalledAfterMs = 60_000;

/**
 * Kills hub, alarm process and link process with -9 at moments drawn from a seed while alarms are on their way, then lets
 * all run, and counts at the hub's store.
 */
export async function killProcesses(options: {
  readonly folder: string;
  readonly kills: number;
  readonly random: Random;
  readonly onKill: (done: number) => void;
}): Promise<ProcessKillsResult> {
  const { folder, kills, random, onKill } = options;
  const drill = await Drill.start(folder);
  const counts = { hub: 0, alarm: 0, link: 0 };
  for (let done = 0; done < kills; done += 1) {
    // Most kills meet everything at work, the others a start or a hub that is away.
    if (random.uniform() < atWorkShare) await drill.atWork();
    await pause(random.between(betweenKillsMs.shortest, betweenKillsMs.longest));
    const lot = random.uniform();
    if (lot < 0.25) {
      await drill.restartHub();
      counts.hub += 1;
    } else if (lot < 0.6 && drill.killLink()) counts.link += 1;
    else {
      await drill.restartSource();
      counts.alarm += 1;
    }
    onKill(done + 1);
  }
  const delivery = await drill.rest();
  return {
    ...delivery,
    hubKills: counts.hub,
    alarmProcessKills: counts.alarm,
    linkKills: counts.link,
    ...drill.count(),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => systemClock.after(ms, resolve));
}

class Drill {
  readonly #folder: string;
  readonly #kept = new Set<string>();
  readonly #lines = new EventEmitter();
  #hub: KilledProcess | null = null;
  #source: KilledProcess | null = null;
  #mqttUrl = "";
  #linkPid: number | null = null;
  #isUp = false;
  #next = 1;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async start(folder: string): Promise<Drill> {
    const drill = new Drill(folder);
    const credentials = await openDeviceCredentials(drill.#hubFolder);
    await writeCredentials(drill.#credentialsFile, credentials.loginFor("kitchen"));
    await drill.#startHub("0");
    drill.#startSource();
    return drill;
  }

  async restartHub(): Promise<void> {
    await this.#hub?.kill();
    this.#isUp = false;
    await this.#startHub(new URL(this.#mqttUrl).port);
  }

  async restartSource(): Promise<void> {
    await this.#source?.kill();
    this.#linkPid = null;
    this.#isUp = false;
    this.#startSource();
  }

  /** Resolves when the device has the hub, or has not found it for long. */
  async atWork(): Promise<void> {
    if (this.#isUp) return;
    const cancel = systemClock.after(atWorkWithinMs, () => this.#lines.emit("up"));
    await once(this.#lines, "up");
    cancel();
  }

  /** False when there is no link process to kill at this moment. */
  killLink(): boolean {
    const pid = this.#linkPid;
    this.#linkPid = null;
    if (pid === null) return false;
    this.#isUp = false;
    try {
      process.kill(pid, "SIGKILL");
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Nothing new comes any more; resolves when all that was on its way is delivered, or nothing has been for long, and
   * the hub has ended.
   */
  async rest(): Promise<Pick<ProcessKillsResult, "backlog" | "deliverySeconds">> {
    // A link process that was killed often waits long for its successor: a fresh start has none of that.
    await this.#source?.kill();
    const backlog = this.#waitingIds().size;
    const startedMs = systemClock.monotonicMs();
    await this.restartSource();
    this.#source?.rest();
    await this.#delivered();
    const deliverySeconds = (systemClock.monotonicMs() - startedMs) / 1_000;
    await this.#source?.kill();
    this.#hub?.rest();
    await this.#hub?.ended();
    return { backlog, deliverySeconds };
  }

  async #delivered(): Promise<void> {
    let least = Number.POSITIVE_INFINITY;
    let cancel = (): void => {};
    await new Promise<void>((resolve) => {
      const allow = (): void => {
        cancel();
        cancel = systemClock.after(stalledAfterMs, resolve);
      };
      allow();
      this.#lines.on("waiting", (count: number) => {
        if (count === 0) resolve();
        if (count < least) allow();
        least = Math.min(least, count);
      });
    });
    cancel();
    this.#lines.removeAllListeners("waiting");
  }

  count(): Pick<ProcessKillsResult, "kept" | "lost" | "waiting" | "duplicated"> {
    const database = new DatabaseSync(join(this.#hubFolder, storeFileName), { readOnly: true });
    const rows = database.prepare("SELECT id, body FROM event WHERE device = 'kitchen'").all();
    database.close();
    const ids = new Set(rows.map((row) => String(row["id"])));
    const undelivered = [...this.#kept].filter((id) => !ids.has(id));
    const waiting = this.#waitingIds();
    const sequences = rows.map(
      (row) => (JSON.parse(String(row["body"])) as { event: { sequence: number } }).event.sequence,
    );
    return {
      kept: this.#kept.size,
      lost: undelivered.filter((id) => !waiting.has(id)).length,
      waiting: undelivered.filter((id) => waiting.has(id)).length,
      duplicated: sequences.length - new Set(sequences).size,
    };
  }

  #waitingIds(): ReadonlySet<string> {
    const path = savedDevicePaths(join(this.#folder, "device"), "kitchen").events;
    const database = new DatabaseSync(path, { readOnly: true });
    const rows = database.prepare("SELECT id FROM entry").all();
    database.close();
    return new Set(rows.map((row) => String(row["id"])));
  }

  get #hubFolder(): string {
    return join(this.#folder, "hub");
  }

  get #credentialsFile(): string {
    return join(this.#folder, "credentials.json");
  }

  async #startHub(port: string): Promise<void> {
    this.#hub = new KilledProcess({
      path: new URL("./hub-process.ts", import.meta.url),
      words: [this.#hubFolder, port],
      onLine: (what, rest) => this.#lines.emit(what, rest),
    });
    [this.#mqttUrl] = (await once(this.#lines, "ready")) as [string];
  }

  #startSource(): void {
    this.#source = new KilledProcess({
      path: new URL("./alarm-source-process.ts", import.meta.url),
      words: [join(this.#folder, "device"), this.#mqttUrl, this.#credentialsFile, String(this.#next)],
      onLine: (what, rest) => this.#hear(what, rest),
    });
    // Numbers that the killed process had given out are not given again.
    this.#next += 1_000_000;
  }

  #hear(what: string, rest: string): void {
    if (what === "kept") this.#kept.add(rest);
    else if (what === "link") this.#linkPid = Number(rest);
    else if (what === "up") {
      this.#isUp = true;
      this.#lines.emit("up");
    } else if (what === "waiting") this.#lines.emit("waiting", Number(rest));
  }
}
