import type { AlarmState } from "#core/alarm/alarm-state.ts";
import type { EvidenceWithModel } from "#core/detection/model-reading.ts";
import { type DeviceEvent, noticeHappening } from "#core/device-event.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import type { AirSample } from "#core/frames/air-sample.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { type Cancel, microsPerMillisecond, microsPerSecond } from "#core/time.ts";
import type { ZoneState } from "#core/zone/zone-state.ts";
import type { SensorFault } from "#sensors/sensor-fault.ts";
import { CommandDesk } from "./commands/command-desk.ts";
import { makeTarget } from "./commands/make-target.ts";
import type { DeviceAgentOptions } from "./device-agent-options.ts";
import { deviceHealth } from "./device-health.ts";
import type { DeviceLink } from "./device-link.ts";
import { type DeviceParts, makeDetector, makeSaver, makeSelfTests, makeSite } from "./device-parts.ts";
import { DeviceTroubles, type ToldTrouble } from "./device-troubles.ts";
import { DeviceZone, toldZone } from "./device-zone.ts";
import { isSameOutput, type LocalOutput, localOutput } from "./local-output.ts";
import { type DeviceMemory, openDeviceMemory } from "./open-device-memory.ts";
import { secondEntries } from "./recorder.ts";
import { recordingConfig } from "./recording-config.ts";
import { SensorIntake } from "./sensor-intake.ts";
import { telemetryMessage } from "./telemetry-message.ts";

const tickMs = 1_000;
/** A replay's time goes on by no more than this before the detector is told of it. */
const captureStepMaxMicros = 2 * microsPerSecond;
/** A second is closed so much after its end, so that readings on their way still belong to it. */
const latenessAllowanceMicros = 250 * microsPerMillisecond;
/** The state is saved after each event, and so often besides for its timers. */
const saveStateEveryMs = 60_000;
/** The background changes slowly, and flash memory wears. */
const saveBackgroundEveryMs = 10 * 60_000;

/**
 * One device: reads its sensors, decides on the spot, and tells the hub. From a sensor's reading to the local output
 * nothing waits for broker or disk; both get to know afterwards.
 */
export class DeviceAgent {
  readonly #options: DeviceAgentOptions;
  readonly #cancels: Cancel[] = [];
  #parts: DeviceParts | null = null;
  #output: LocalOutput | null = null;
  #backgroundSaved = false;
  /** Time the detector was told last. */
  #advancedToMicros = 0;
  #stateTold = true;
  readonly #zone: DeviceZone;
  readonly #troubles: DeviceTroubles;

  constructor(options: DeviceAgentOptions) {
    this.#options = options;
    this.#zone = new DeviceZone({
      deviceId: options.deviceId,
      onOutputs: (outputs) => options.onZoneOutputs?.(outputs),
      onEvent: (event) => this.#event(event),
    });
    this.#troubles = new DeviceTroubles(options, (trouble) => this.#trouble(trouble));
  }

  /**
   * Reads back what was saved, begins to connect and starts the sensors; resolves when these have started, connected or
   * not. A disk that refuses is trouble. Throws as `openDeviceMemory` and the sensors do; nothing is left running then.
   */
  async start(): Promise<void> {
    const { clock } = this.#options;
    const parts = this.#assemble(await openDeviceMemory(this.#options, this.#troubles.disk));
    this.#parts = parts;
    try {
      this.#tellOfStart();
      await parts.recorder?.start();
      parts.uplink.start();
      this.#troubles.link.expect();
      await parts.selfTests?.start();
      await parts.intake.start();
      this.#cancels.push(clock.every(tickMs, () => this.#tick()));
      this.#cancels.push(clock.every(saveStateEveryMs, () => this.#saveState()));
      this.#cancels.push(clock.every(saveBackgroundEveryMs, () => this.#saveBackground()));
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** The alarm state as it stands; null while the device does not run. */
  get state(): AlarmState | null {
    return this.#parts?.detector.state ?? null;
  }

  /** The answer to a command that was to be given later, maybe before a restart. */
  settleCommand(commandId: string, answer: { readonly ok: boolean; readonly text: string }): void {
    this.#parts?.desk.settle(commandId, answer);
  }

  /** Somebody beside the sensors knows of a fault that came or went: an output that cannot be driven. */
  reportTrouble(trouble: ToldTrouble): void {
    this.#trouble(trouble);
  }

  /** The model that the device was given has come, is missing, or is another. */
  modelChanged(): void {
    this.#troubles.modelChanged();
  }

  /** What the disk does not take of this device's configuration, in a sentence; null once it does. */
  reportDiskProblem(problem: string | null): void {
    this.#troubles.disk.set("config", problem);
  }

  /** Stops the sensors, saves, says goodbye; safe to call twice. */
  async stop(): Promise<void> {
    const parts = this.#parts;
    for (const cancel of this.#cancels.splice(0)) cancel();
    this.#troubles.link.stop();
    if (parts === null) return;
    await parts.selfTests?.stop();
    await parts.intake.stop();
    this.#saveState();
    this.#saveBackground();
    await parts.uplink.stop();
    this.#parts = null;
    await parts.recorder?.stop();
    await parts.saver?.settled();
    parts.remembered.stop();
    await parts.remembered.settled();
    parts.saver?.stop();
    await parts.keeper.settled();
    await parts.keeper.close();
  }

  #assemble({ saved, keeper, remembered }: DeviceMemory): DeviceParts {
    const { deviceId, clock } = this.#options;
    const site = makeSite(this.#options, saved, {
      parts: () => this.#parts,
      nowMicros: () => this.#captureNowMicros(),
      onNotice: (notice) => this.#event(noticeHappening(notice)),
    });
    const detector = makeDetector(
      this.#options,
      { saved, site },
      {
        onSecond: (second, evidence) => this.#tellSecond(second, evidence),
        onEvent: (event) => {
          // The detector has its new state already: relay and sounder come before anything is sent or written.
          this.#driveOutput();
          this.#event(event);
        },
        onZone: (step) => this.#zone.take(step),
        onFfcWish: (wish) => this.#options.camera?.holdCorrections?.(wish),
        onNotice: (notice) => this.#event(noticeHappening(notice)),
      },
    );
    site.attach(detector);
    site.followTime(this.#captureNowMicros());
    const intake = this.#makeIntake();
    const uplink = this.#options.makeLink({
      deviceId,
      clock,
      keeper,
      health: () => deviceHealth(this.#options, intake, selfTests?.last ?? null),
      state: () => ({ v: 1, atMicros: clock.nowMicros(), state: detector.state, ...toldZone(detector) }),
      regions: () => site.message(clock.nowMicros()),
      onUp: () => {
        this.#troubles.link.up();
        desk.linkIs("up");
      },
      onDown: (cause) => {
        desk.linkIs("down");
        if (this.#parts !== null) this.#troubles.link.down(cause);
      },
      onCommand: (topic, payload) => this.#parts?.desk.hear(topic, payload),
      onTrouble: (trouble) => this.#trouble(trouble),
    });
    const saver = makeSaver(this.#options, {
      unkept: () => keeper.unkept(),
      onProblem: (problem) => this.#troubles.disk.set("state", problem),
    });
    const recorder =
      this.#options.makeRecorder?.({
        config: () => recordingConfig(this.#options, site),
        state: () => detector.state,
        onProblem: (concern, problem) => this.#troubles.disk.set(concern, problem),
      }) ?? null;
    const desk = this.#makeDesk(remembered, uplink);
    const selfTests = makeSelfTests(this.#options, {
      detector,
      tell: (stage, text) =>
        detector.reportTrouble({ kind: "self-test", atMicros: this.#captureNowMicros(), stage, text }),
      trouble: (trouble) => this.#trouble(trouble),
      onProblem: (problem) => this.#troubles.disk.set("self-tests", problem),
    });
    keeper.onReceived = (ids) => selfTests?.received(ids);
    return { detector, uplink, intake, keeper, saver, recorder, desk, remembered, selfTests, site };
  }

  #makeDesk(remembered: DeviceMemory["remembered"], uplink: DeviceLink): CommandDesk {
    const target = makeTarget(this.#options, {
      parts: () => this.#parts,
      captureNowMicros: () => this.#captureNowMicros(),
      onReset: () => this.#troubles.forgetTold(),
      pressCallPoint: (callPoint) => this.pressCallPoint(callPoint),
    });
    const { clock, log } = this.#options;
    return new CommandDesk({ clock, target, remembered, reply: (id, reply) => uplink.reply(id, reply), log });
  }

  #makeIntake(): SensorIntake {
    const { camera, air, extras, clock } = this.#options;
    const listener = {
      onFrame: (frame: ThermalFrame) => {
        this.#followCapture(frame.capturedAtMicros);
        // Deciding comes first; showing never keeps it waiting.
        this.#parts?.detector.addFrame(frame);
        this.#parts?.recorder?.addFrame(frame);
        this.#parts?.uplink.showFrame(frame);
        this.#parts?.selfTests?.addFrame(frame);
      },
      onSample: (sample: AirSample) => {
        this.#followCapture(sample.sampledAtMicros);
        this.#parts?.detector.addAir(sample);
        this.#parts?.recorder?.addEntry({ kind: "air", atMicros: sample.sampledAtMicros, sample });
      },
      onTrouble: (text: string) => this.#sensorTrouble(text),
      onFault: (fault: SensorFault) => this.#trouble(fault),
      onEnd: () => this.#sensorsEnded(),
    };
    return new SensorIntake({ camera, air, extras: extras ?? [], clock, listener });
  }

  /** An alarm that stood before the restart drives the local output again; damage found on disk is trouble. */
  #tellOfStart(): void {
    this.#driveOutput();
    if (this.zoneState !== null) this.#zone.show(this.zoneState);
    this.#troubles.tellOfStart();
  }

  #captureNowMicros(): number {
    return this.#options.captureNowMicros?.() ?? this.#options.clock.nowMicros();
  }

  #tick(): void {
    const parts = this.#parts;
    if (parts === null) return;
    // What comes after the end of a replay is no silence of a sensor.
    if (!parts.intake.ended) this.#advance(this.#captureNowMicros() - latenessAllowanceMicros);
    parts.site.tick(this.#captureNowMicros());
    // A fire may cut the power in the first minutes: what is normal here is kept as soon as it is known.
    if (!this.#backgroundSaved) this.#saveBackground();
    parts.uplink.sendHealth();
  }

  #advance(atMicros: number): void {
    this.#advancedToMicros = atMicros;
    this.#parts?.detector.advance(atMicros);
    this.#parts?.recorder?.addEntry({ kind: "tick", atMicros });
  }

  /** A replay's own time may run fast and come in bursts: the detector is told as it comes, not once in our second. */
  #followCapture(atMicros: number): void {
    if (this.#options.captureNowMicros === undefined) return;
    const sinceMicros = atMicros - latenessAllowanceMicros - this.#advancedToMicros;
    if (sinceMicros >= captureStepMaxMicros) this.#advance(atMicros - latenessAllowanceMicros);
  }

  #tellSecond(second: FeatureSecond, evidence: EvidenceWithModel): void {
    const parts = this.#parts;
    if (parts === null) return;
    for (const entry of secondEntries(second, evidence)) parts.recorder?.addEntry(entry);
    const { newestSample: newestAir, channels, delivering } = parts.intake;
    const { camera, onJudged } = this.#options;
    if (camera === null ? Number.isFinite(second.air.co2Ppm) : second.validFrames > 0) onJudged?.(delivering);
    const { camera: watches } = parts.detector;
    parts.uplink.sendTelemetry(telemetryMessage({ second, evidence, newestAir, channels, camera: watches }));
  }

  #event(event: DeviceEvent): void {
    const eventId = this.#parts?.uplink.addEvent(event);
    if (event.type === "trouble" && event.code === "model-failed" && event.active)
      queueMicrotask(() => this.#options.modelStore?.failed(event.text));
    if (event.type === "self-test" && eventId !== undefined)
      this.#parts?.selfTests?.sent(event.stage, eventId);
    if (event.type === "level") this.#parts?.selfTests?.follow(this.#parts.detector.state);
    // A recording has the event behind the picture that it comes of.
    queueMicrotask(() => this.#parts?.recorder?.addEntry({ kind: "event", atMicros: event.atMicros, event }));
    if (!this.#stateTold) return;
    // Told once for all events of this step, when the detector has its new state.
    this.#stateTold = false;
    queueMicrotask(() => this.#tellState());
  }

  #driveOutput(): void {
    const parts = this.#parts;
    if (parts === null) return;
    const output = localOutput(parts.detector.state);
    if (isSameOutput(output, this.#output)) return;
    this.#output = output;
    this.#options.onOutput?.(output);
  }

  #tellState(): void {
    this.#stateTold = true;
    this.#parts?.uplink.sendState();
    this.#saveState();
  }

  #saveState(): void {
    const detector = this.#parts?.detector;
    if (detector !== undefined) this.#parts?.saver?.saveState(detector.state, detector.zoneState);
  }

  /** Somebody pressed a call point: FIRE of the device's own zone at once. False where it runs none. */
  pressCallPoint(callPointId: string): boolean {
    if (this.zoneState === null) return false;
    this.#parts?.detector.pressCallPoint(this.#captureNowMicros(), callPointId);
    return true;
  }

  /** The device's own zone as it stands; null where it runs none, and while the device does not run. */
  get zoneState(): ZoneState | null {
    return this.#parts?.detector.zoneState ?? null;
  }

  #sensorTrouble(text: string): void {
    this.#options.log(`${this.#options.deviceId}: ${text}`);
    // A real sensor's silence is found by the detector; only a recording can be damaged.
    if (this.#options.source === "replay") this.#trouble({ code: "recording-damaged", active: true, text });
  }

  #sensorsEnded(): void {
    this.#parts?.uplink.sendHealth();
    this.#options.onEnd?.();
  }

  #trouble(trouble: ToldTrouble): void {
    const atMicros = this.#captureNowMicros();
    this.#parts?.detector.reportTrouble({ kind: "trouble", atMicros, ...trouble });
  }

  #saveBackground(): void {
    const snapshot = this.#parts?.detector.backgroundSnapshot() ?? null;
    if (snapshot === null) return;
    this.#backgroundSaved = true;
    this.#parts?.saver?.saveBackground(snapshot);
  }
}
