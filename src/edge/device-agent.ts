import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import { type AlarmPolicy, defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
import type { AlarmLevel } from "#core/alarm/alarm-state.ts";
import type { Evidence } from "#core/alarm/evidence.ts";
import type { TroubleCode } from "#core/alarm/trouble.ts";
import { type DetectionPolicy, defaultDetectionPolicy } from "#core/detection/detection-policy.ts";
import { DeviceDetector } from "#core/detection/device-detector.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import type { AirSample } from "#core/frames/air-sample.ts";
import { leptonHeight, leptonWidth, type ThermalFrame } from "#core/frames/thermal-frame.ts";
import { type Cancel, type Clock, microsPerMillisecond } from "#core/time.ts";
import type { AirSensor } from "#sensors/air-sensor.ts";
import type { ThermalCamera } from "#sensors/thermal-camera.ts";
import type { HealthMessage } from "#wire/device-messages.ts";
import { answerCommand } from "./answer-command.ts";
import { EventOutbox } from "./event-outbox.ts";
import { FrameRate } from "./frame-rate.ts";
import { DeviceSaver, readSavedDevice, type SavedDevice, savedDevicePaths } from "./saved-device.ts";
import { telemetryMessage } from "./telemetry-message.ts";
import { Uplink } from "./uplink.ts";

const tickMs = 1_000;
/** A second is closed so much after its end, so that readings on their way still belong to it. */
const latenessAllowanceMicros = 250 * microsPerMillisecond;
/** A link that is not there for so long is trouble. */
const linkDownAfterMs = 5_000;
/** The state is saved after each event, and so often besides for its timers. */
const saveStateEveryMs = 60_000;
/** The background changes slowly, and flash memory wears. */
const saveBackgroundEveryMs = 10 * 60_000;

/** What a device agent needs. */
export interface DeviceAgentOptions {
  readonly deviceId: string;
  readonly name: string;
  readonly source: "camera" | "emulated" | "replay";
  readonly camera: ThermalCamera | null;
  readonly air: AirSensor | null;
  readonly clock: Clock;
  /** Time of capture now, where it is not the clock's: a replay's own time line. Must not go backwards. */
  readonly captureNowMicros?: (() => number) | undefined;
  readonly brokerUrl: string;
  readonly credentials: { readonly username: string; readonly password: string };
  /** Alarm state, background and undelivered events survive a restart here; null keeps nothing. */
  readonly dataFolder: string | null;
  /** Lights and puts out the fire of an emulated room; each says in a sentence what happened. */
  readonly demo: { ignite(): string; extinguish(): string } | null;
  readonly softwareVersion: string;
  readonly log: (line: string) => void;
  /** Size of the camera's picture; a Lepton 3.5's when absent. */
  readonly pictureSize?: { readonly width: number; readonly height: number } | undefined;
  /** One byte a pixel, 1 = masked by the operator. */
  readonly mask?: Uint8Array | null | undefined;
  readonly detectionPolicy?: DetectionPolicy | undefined;
  readonly alarmPolicy?: AlarmPolicy | undefined;
  /** The local output (relay, sounder): called at once when the level changes, before anybody is told. */
  readonly onLevel?: ((level: AlarmLevel) => void) | undefined;
  /** Every sensor has come to its end for good: a replay is over. */
  readonly onEnd?: (() => void) | undefined;
}

/** What can fail to be kept: the state now, events now, events for want of room, and what was lost before the start. */
type SaveConcern = "state" | "events" | "dropped" | "start";

interface Parts {
  readonly detector: DeviceDetector;
  readonly uplink: Uplink;
  readonly outbox: EventOutbox;
  readonly saver: DeviceSaver | null;
}

/**
 * One device: reads its sensors, decides on the spot, and tells the hub. From a sensor's reading to the local output
 * nothing waits for broker or disk; both get to know afterwards.
 */
export class DeviceAgent {
  readonly #options: DeviceAgentOptions;
  readonly #frameRate = new FrameRate();
  readonly #cancels: Cancel[] = [];
  readonly #running = new Set<"camera" | "air">();
  #parts: Parts | null = null;
  #newestAir: AirSample | null = null;
  #newestAirAtMicros: number | null = null;
  #newestFrameAtMicros: number | null = null;
  #radiometric: boolean | null = null;
  #ended = false;
  #cancelLinkTrouble: Cancel | null = null;
  #linkAway = false;
  #stateTold = true;
  /** What stands in the way of saving, by what is saved. */
  readonly #saveProblems = new Map<SaveConcern, string>();

  constructor(options: DeviceAgentOptions) {
    this.#options = options;
  }

  /**
   * Reads back what was saved, begins to connect and starts the sensors; resolves when these have started, connected or
   * not. Throws machineFault "data-folder-unusable" and what the sensors throw; nothing is left running then.
   */
  async start(): Promise<void> {
    const { camera, air, clock, dataFolder, deviceId } = this.#options;
    const saved =
      dataFolder === null
        ? { state: null, background: null, damage: [] }
        : await readSavedDevice({ dataFolder, deviceId });
    const outbox = this.#makeOutbox();
    await outbox.load();
    const parts = this.#assemble({ saved, outbox });
    this.#parts = parts;
    try {
      this.#tellOfStart({ saved, outbox });
      parts.uplink.start();
      this.#expectLink();
      if (camera !== null) await this.#startCamera(camera);
      if (air !== null) await this.#startAir(air);
      this.#cancels.push(clock.every(tickMs, () => this.#tick()));
      this.#cancels.push(clock.every(saveStateEveryMs, () => parts.saver?.saveState(parts.detector.state)));
      this.#cancels.push(clock.every(saveBackgroundEveryMs, () => this.#saveBackground()));
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Stops the sensors, saves, says goodbye; safe to call twice. */
  async stop(): Promise<void> {
    const parts = this.#parts;
    for (const cancel of this.#cancels.splice(0)) cancel();
    this.#cancelLinkTrouble?.();
    this.#cancelLinkTrouble = null;
    if (parts === null) return;
    await Promise.all([this.#options.camera?.stop(), this.#options.air?.stop()]);
    parts.saver?.saveState(parts.detector.state);
    this.#saveBackground();
    await parts.uplink.stop();
    this.#parts = null;
    await parts.saver?.settled();
    await parts.outbox.settled();
  }

  #makeOutbox(): EventOutbox {
    const { dataFolder, deviceId } = this.#options;
    return new EventOutbox({
      path: dataFolder === null ? null : savedDevicePaths(dataFolder, deviceId).outbox,
      onProblem: (problem) => this.#saveProblem("events", problem),
    });
  }

  #assemble(base: { saved: SavedDevice; outbox: EventOutbox }): Parts {
    const { saved, outbox } = base;
    const { deviceId, clock, brokerUrl, credentials, dataFolder } = this.#options;
    const detector = this.#makeDetector(saved);
    const uplink = new Uplink({
      deviceId,
      clock,
      brokerUrl,
      credentials,
      outbox,
      health: () => this.#health(),
      state: () => ({ v: 1, atMicros: clock.nowMicros(), state: detector.state }),
      onUp: () => this.#linkUp(),
      onDown: (cause) => this.#linkDown(cause),
      onCommand: (topic, payload) => this.#command(topic, payload),
    });
    const saver =
      dataFolder === null
        ? null
        : new DeviceSaver({
            dataFolder,
            deviceId,
            nowMicros: () => clock.nowMicros(),
            onProblem: (problem) => this.#saveProblem("state", problem),
          });
    return { detector, uplink, outbox, saver };
  }

  #makeDetector(saved: SavedDevice): DeviceDetector {
    const { deviceId, camera, air, mask } = this.#options;
    const size = this.#options.pictureSize ?? { width: leptonWidth, height: leptonHeight };
    const { background } = saved;
    const fits = background?.width === size.width && background.height === size.height;
    if (background !== null && !fits) {
      this.#options.log(`${deviceId}: the saved background is of another picture size and is learnt afresh`);
    }
    return new DeviceDetector(
      {
        deviceId,
        ...size,
        badPixels: "find",
        mask: mask ?? null,
        detectionPolicy: this.#options.detectionPolicy ?? defaultDetectionPolicy,
        alarmPolicy: this.#options.alarmPolicy ?? defaultAlarmPolicy,
        state: saved.state,
        background: fits ? background : null,
        expects: {
          thermal: camera === null ? "absent" : "required",
          air: air === null ? "absent" : "required",
        },
      },
      {
        onSecond: (second, evidence) => this.#tellSecond(second, evidence),
        onEvent: (event) => this.#event(event),
        onBadPixels: () => {},
      },
    );
  }

  /** An alarm that stood before the restart drives the local output again; damage found on disk is trouble. */
  #tellOfStart(start: { saved: SavedDevice; outbox: EventOutbox }): void {
    const { saved, outbox } = start;
    if (saved.state !== null) this.#options.onLevel?.(saved.state.level);
    const damage = [...saved.damage];
    if (outbox.damagedLines > 0) {
      damage.push(`${outbox.damagedLines} undelivered events could not be read back: they are lost.`);
    }
    for (const sentence of damage) this.#options.log(`${this.#options.deviceId}: ${sentence}`);
    if (damage.length > 0) this.#saveProblem("start", `${damage.join(" ")} Check the disk, then reset.`);
    // Faults of the run before would otherwise stand for ever.
    else this.#saveProblem("start", null);
    this.#trouble("recording-damaged", null);
  }

  async #startCamera(camera: ThermalCamera): Promise<void> {
    this.#running.add("camera");
    await camera.start({
      onFrame: (frame) => this.#frame(frame),
      onTrouble: (text) => this.#sensorTrouble(text),
      onEnd: () => this.#sensorEnded("camera"),
    });
  }

  async #startAir(air: AirSensor): Promise<void> {
    this.#running.add("air");
    await air.start({
      onSample: (sample) => this.#airSample(sample),
      onTrouble: (text) => this.#sensorTrouble(text),
      onEnd: () => this.#sensorEnded("air"),
    });
  }

  #captureNowMicros(): number {
    return this.#options.captureNowMicros?.() ?? this.#options.clock.nowMicros();
  }

  #frame(frame: ThermalFrame): void {
    const parts = this.#parts;
    if (parts === null) return;
    parts.detector.addFrame(frame);
    const { clock } = this.#options;
    if (this.#frameRate.add({ frameCounter: frame.frameCounter, atMs: clock.monotonicMs() })) {
      this.#newestFrameAtMicros = clock.nowMicros();
    }
    this.#radiometric = frame.unit === "centikelvin";
    parts.uplink.showFrame(frame);
  }

  #airSample(sample: AirSample): void {
    this.#newestAir = sample;
    this.#newestAirAtMicros = this.#options.clock.nowMicros();
    this.#parts?.detector.addAir(sample);
  }

  #tick(): void {
    const parts = this.#parts;
    if (parts === null) return;
    // What comes after the end of a replay is no silence of a sensor.
    if (!this.#ended) parts.detector.advance(this.#captureNowMicros() - latenessAllowanceMicros);
    parts.uplink.sendHealth();
  }

  #tellSecond(second: FeatureSecond, evidence: Evidence): void {
    this.#parts?.uplink.sendTelemetry(telemetryMessage({ second, evidence, newestAir: this.#newestAir }));
  }

  #event(event: AlarmEvent): void {
    if (event.type === "level") this.#options.onLevel?.(event.level);
    this.#parts?.uplink.addEvent(event);
    if (!this.#stateTold) return;
    // Told once for all events of this step, when the detector has its new state.
    this.#stateTold = false;
    queueMicrotask(() => this.#tellState());
  }

  #tellState(): void {
    this.#stateTold = true;
    const parts = this.#parts;
    if (parts === null) return;
    const { dropped } = parts.outbox;
    if (dropped > 0 && !this.#saveProblems.has("dropped")) {
      this.#saveProblem(
        "dropped",
        "Too many events wait for the hub: the oldest that are no alarm are lost.",
      );
    }
    parts.uplink.sendState();
    parts.saver?.saveState(parts.detector.state);
  }

  #command(topic: string, payload: Uint8Array): void {
    const parts = this.#parts;
    if (parts === null) return;
    const { deviceId, demo } = this.#options;
    const answer = answerCommand(
      {
        deviceId,
        nowMicros: () => this.#captureNowMicros(),
        act: (input) => {
          parts.detector.act(input);
          // Whoever resets has read that something was lost.
          if (input.act === "reset") this.#forgetLosses();
        },
        watch: (seconds) => parts.uplink.watch(seconds),
        demo,
      },
      { topic, payload },
    );
    if (answer === null) this.#options.log(`${deviceId}: a message on ${topic} is no command`);
    else parts.uplink.reply(answer.id, answer.reply);
  }

  #health(): HealthMessage {
    const { name, softwareVersion, source, clock, demo } = this.#options;
    return {
      v: 1,
      online: true,
      atMicros: clock.nowMicros(),
      name,
      softwareVersion,
      source,
      capabilities: demo === null ? [] : ["ignite", "extinguish"],
      radiometric: this.#radiometric,
      newestFrameAtMicros: this.#newestFrameAtMicros,
      newestAirAtMicros: this.#newestAirAtMicros,
      framesPerSecond: this.#frameRate.at(clock.monotonicMs()),
      ended: this.#ended,
    };
  }

  #expectLink(): void {
    this.#cancelLinkTrouble ??= this.#options.clock.after(linkDownAfterMs, () => {
      this.#trouble("link-down", "The hub cannot be reached; this device goes on deciding by itself.");
    });
  }

  #linkUp(): void {
    this.#cancelLinkTrouble?.();
    this.#cancelLinkTrouble = null;
    this.#linkAway = false;
    this.#trouble("link-down", null);
  }

  #linkDown(cause: string): void {
    if (this.#parts === null) return;
    if (!this.#linkAway) {
      const { log, deviceId, brokerUrl } = this.#options;
      log(`${deviceId}: the hub at ${brokerUrl} is away (${cause}); trying again until it is back`);
    }
    this.#linkAway = true;
    this.#expectLink();
  }

  #sensorTrouble(text: string): void {
    this.#options.log(`${this.#options.deviceId}: ${text}`);
    // A real sensor's silence is found by the detector; only a recording can be damaged.
    if (this.#options.source === "replay") this.#trouble("recording-damaged", text);
  }

  #sensorEnded(which: "camera" | "air"): void {
    this.#running.delete(which);
    if (this.#running.size > 0 || this.#ended) return;
    this.#ended = true;
    this.#parts?.uplink.sendHealth();
    this.#options.onEnd?.();
  }

  #forgetLosses(): void {
    if (!this.#saveProblems.delete("dropped") && !this.#saveProblems.has("start")) return;
    this.#saveProblem("start", null);
  }

  #saveProblem(what: SaveConcern, problem: string | null): void {
    if (problem === null) this.#saveProblems.delete(what);
    else this.#saveProblems.set(what, problem);
    const all = [...this.#saveProblems.values()].join(" ");
    this.#trouble("state-not-saved", all === "" ? null : `The device cannot rely on its disk: ${all}`);
  }

  /** Says that a fault stands, or with null that it does not. */
  #trouble(code: TroubleCode, text: string | null): void {
    const atMicros = this.#captureNowMicros();
    const active = text !== null;
    this.#parts?.detector.reportTrouble({ kind: "trouble", atMicros, code, active, text: text ?? "" });
  }

  #saveBackground(): void {
    const snapshot = this.#parts?.detector.backgroundSnapshot() ?? null;
    if (snapshot !== null) this.#parts?.saver?.saveBackground(snapshot);
  }
}
