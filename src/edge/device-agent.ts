import { randomUUID } from "node:crypto";
import type { AlarmEvent } from "#core/alarm/alarm-event.ts";
import { defaultAlarmPolicy } from "#core/alarm/alarm-policy.ts";
import type { AlarmState } from "#core/alarm/alarm-state.ts";
import type { TroubleCode } from "#core/alarm/trouble.ts";
import { defaultDetectionPolicy } from "#core/detection/detection-policy.ts";
import { DeviceDetector } from "#core/detection/device-detector.ts";
import type { EvidenceWithModel } from "#core/detection/model-reading.ts";
import { assert } from "#core/failure.ts";
import type { FeatureSecond } from "#core/features/feature-second.ts";
import type { AirSample } from "#core/frames/air-sample.ts";
import type { ThermalFrame } from "#core/frames/thermal-frame.ts";
import { type Cancel, microsPerMillisecond, microsPerSecond } from "#core/time.ts";
import type { SensorFault } from "#sensors/sensor-fault.ts";
import { answerCommand } from "./answer-command.ts";
import type { DeviceAgentOptions } from "./device-agent-options.ts";
import { deviceHealth } from "./device-health.ts";
import type { DeviceLink, DeviceLinkOptions } from "./device-link.ts";
import { DeviceRecorder } from "./device-recorder.ts";
import { DiskTrouble } from "./disk-trouble.ts";
import type { EventKeeper } from "./event-keeper.ts";
import { installedModel, modelMissing } from "./installed-model.ts";
import { LinkTrouble } from "./link-trouble.ts";
import { isSameOutput, type LocalOutput, localOutput } from "./local-output.ts";
import { machineDisk } from "./machine-disk.ts";
import { connectByMqtt } from "./mqtt-connection.ts";
import { type OpenedEventKeeper, openEventKeeper } from "./open-event-keeper.ts";
import { pictureSize, recordingConfig } from "./recording-config.ts";
import { DeviceSaver, readSavedDevice, type SavedDevice } from "./saved-device.ts";
import { SensorIntake } from "./sensor-intake.ts";
import { telemetryMessage } from "./telemetry-message.ts";
import { Uplink } from "./uplink.ts";

const tickMs = 1_000;
/** A replay's time goes on by no more than this before the detector is told of it. */
const captureStepMaxMicros = 2 * microsPerSecond;
/** A second is closed so much after its end, so that readings on their way still belong to it. */
const latenessAllowanceMicros = 250 * microsPerMillisecond;
/** The state is saved after each event, and so often besides for its timers. */
const saveStateEveryMs = 60_000;
/** The background changes slowly, and flash memory wears. */
const saveBackgroundEveryMs = 10 * 60_000;

interface Parts {
  readonly detector: DeviceDetector;
  readonly uplink: DeviceLink;
  readonly intake: SensorIntake;
  readonly keeper: EventKeeper;
  readonly saver: DeviceSaver | null;
  readonly recorder: DeviceRecorder | null;
}

/**
 * One device: reads its sensors, decides on the spot, and tells the hub. From a sensor's reading to the local output
 * nothing waits for broker or disk; both get to know afterwards.
 */
export class DeviceAgent {
  readonly #options: DeviceAgentOptions;
  readonly #cancels: Cancel[] = [];
  #parts: Parts | null = null;
  #output: LocalOutput | null = null;
  #backgroundSaved = false;
  /** Time the detector was told last. */
  #advancedToMicros = 0;
  #stateTold = true;
  readonly #linkTrouble: LinkTrouble;
  readonly #disk = new DiskTrouble((text) =>
    this.#trouble({
      code: "state-not-saved",
      active: text !== null,
      text: text ?? "The device can rely on its disk again.",
    }),
  );

  constructor(options: DeviceAgentOptions) {
    this.#options = options;
    this.#linkTrouble = new LinkTrouble({
      clock: options.clock,
      onTrouble: (trouble) => this.#trouble(trouble),
      onAway: (cause) => this.#logAway(cause),
    });
  }

  /**
   * Reads back what was saved, begins to connect and starts the sensors; resolves when these have started, connected or
   * not. Throws machineFault "data-folder-unusable" and what the sensors throw; nothing is left running then.
   */
  async start(): Promise<void> {
    const { clock, dataFolder, deviceId, disk = machineDisk } = this.#options;
    const saved =
      dataFolder === null
        ? { state: null, background: null, damage: [] }
        : await readSavedDevice({ disk, dataFolder, deviceId });
    const opened = await this.#openKeeper();
    const parts = this.#assemble({ saved, keeper: opened.keeper });
    this.#parts = parts;
    try {
      this.#tellOfStart({ saved, opened });
      await parts.recorder?.start();
      parts.uplink.start();
      this.#linkTrouble.expect();
      await parts.intake.start();
      this.#cancels.push(clock.every(tickMs, () => this.#tick()));
      this.#cancels.push(clock.every(saveStateEveryMs, () => parts.saver?.saveState(parts.detector.state)));
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

  /** Somebody beside the sensors knows of a fault that came or went: an output that cannot be driven. */
  reportTrouble(trouble: { code: TroubleCode; active: boolean; text: string }): void {
    this.#trouble(trouble);
  }

  /** Stops the sensors, saves, says goodbye; safe to call twice. */
  async stop(): Promise<void> {
    const parts = this.#parts;
    for (const cancel of this.#cancels.splice(0)) cancel();
    this.#linkTrouble.stop();
    if (parts === null) return;
    await parts.intake.stop();
    parts.saver?.saveState(parts.detector.state);
    this.#saveBackground();
    await parts.uplink.stop();
    this.#parts = null;
    await parts.recorder?.stop();
    await parts.saver?.settled();
    await parts.keeper.settled();
    await parts.keeper.close();
  }

  #openKeeper(): Promise<OpenedEventKeeper> {
    const { dataFolder, deviceId, clock, disk = machineDisk } = this.#options;
    return openEventKeeper({
      disk,
      dataFolder,
      deviceId,
      clock,
      onProblem: (problem) => this.#disk.set("events", problem),
      onDropped: () => this.#tellDropped(),
    });
  }

  #tellDropped(): void {
    if (this.#disk.has("dropped")) return;
    this.#disk.set("dropped", "Too many events wait for the hub: the oldest that are no alarm are lost.");
  }

  #assemble(base: { saved: SavedDevice; keeper: EventKeeper }): Parts {
    const { saved, keeper } = base;
    const { deviceId, clock, dataFolder, disk = machineDisk } = this.#options;
    const detector = this.#makeDetector(saved);
    const intake = this.#makeIntake();
    const uplink = this.#makeLink({
      deviceId,
      clock,
      keeper,
      health: () => deviceHealth(this.#options, intake),
      state: () => ({ v: 1, atMicros: clock.nowMicros(), state: detector.state }),
      onUp: () => this.#linkTrouble.up(),
      onDown: (cause) => {
        if (this.#parts !== null) this.#linkTrouble.down(cause);
      },
      onCommand: (topic, payload) => this.#command(topic, payload),
      onTrouble: (trouble) => this.#trouble(trouble),
    });
    const saver =
      dataFolder === null
        ? null
        : new DeviceSaver({
            disk,
            dataFolder,
            deviceId,
            nowMicros: () => clock.nowMicros(),
            onProblem: (problem) => this.#disk.set("state", problem),
          });
    return { detector, uplink, intake, keeper, saver, recorder: this.#makeRecorder(detector) };
  }

  #makeRecorder(detector: DeviceDetector): DeviceRecorder | null {
    const { recordings, dataFolder, deviceId, clock } = this.#options;
    if (recordings === undefined || dataFolder === null) return null;
    return new DeviceRecorder({
      deviceId,
      dataFolder,
      clock,
      policies: recordings,
      config: () => recordingConfig(this.#options),
      openIncident: () => detector.state.incident?.id ?? null,
      onProblem: (concern, problem) => this.#disk.set(concern, problem),
    });
  }

  #makeLink(options: DeviceLinkOptions): DeviceLink {
    const { makeLink, random, brokerUrl, credentials } = this.#options;
    if (makeLink !== undefined) return makeLink(options);
    assert(credentials !== null, "a device that connects by itself has credentials");
    return new Uplink({
      ...options,
      random,
      connect: connectByMqtt,
      newEventId: randomUUID,
      brokerUrl,
      credentials,
    });
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
      },
      onSample: (sample: AirSample) => {
        this.#followCapture(sample.sampledAtMicros);
        this.#parts?.detector.addAir(sample);
        this.#parts?.recorder?.addAir(sample);
      },
      onTrouble: (text: string) => this.#sensorTrouble(text),
      onFault: (fault: SensorFault) => this.#trouble(fault),
      onEnd: () => this.#sensorsEnded(),
    };
    return new SensorIntake({ camera, air, extras: extras ?? [], clock, listener });
  }

  #makeDetector(saved: SavedDevice): DeviceDetector {
    const { deviceId, camera, air, mask, badPixels } = this.#options;
    const size = pictureSize(this.#options);
    const { background } = saved;
    const fits = background?.width === size.width && background.height === size.height;
    if (background !== null && !fits) {
      this.#options.log(`${deviceId}: the saved background is of another picture size and is learnt afresh`);
    }
    return new DeviceDetector(
      {
        deviceId,
        ...size,
        badPixels: badPixels ?? "find",
        mask: mask ?? null,
        detectionPolicy: this.#options.detectionPolicy ?? defaultDetectionPolicy,
        alarmPolicy: this.#options.alarmPolicy ?? defaultAlarmPolicy,
        scorer: installedModel(this.#options.model)?.scorer ?? null,
        state: saved.state,
        background: fits ? background : null,
        kernel: this.#options.kernel,
        expects: {
          thermal: camera === null ? "absent" : "required",
          air: air === null ? "absent" : "required",
          ...(air?.periodSeconds === undefined ? {} : { airPeriodSeconds: air.periodSeconds }),
          // A recording does not say how many pictures there should be.
          ...(this.#options.source === "replay" ? { framesPerSecond: 0 } : {}),
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
  #tellOfStart(start: { saved: SavedDevice; opened: OpenedEventKeeper }): void {
    const { saved, opened } = start;
    this.#driveOutput();
    const damage = [...saved.damage, ...opened.damage];
    for (const sentence of damage) this.#options.log(`${this.#options.deviceId}: ${sentence}`);
    if (damage.length > 0) this.#disk.set("start", `${damage.join(" ")} Check the disk, then reset.`);
    // Faults of the run before would otherwise stand for ever.
    else this.#disk.set("start", null);
    this.#trouble(modelMissing(this.#options.model));
    this.#trouble({ code: "recording-damaged", active: false, text: "A replay begins anew." });
  }

  #captureNowMicros(): number {
    return this.#options.captureNowMicros?.() ?? this.#options.clock.nowMicros();
  }

  #tick(): void {
    const parts = this.#parts;
    if (parts === null) return;
    // What comes after the end of a replay is no silence of a sensor.
    if (!parts.intake.ended) this.#advance(this.#captureNowMicros() - latenessAllowanceMicros);
    // A fire may cut the power in the first minutes: what is normal here is kept as soon as it is known.
    if (!this.#backgroundSaved) this.#saveBackground();
    parts.uplink.sendHealth();
  }

  #advance(atMicros: number): void {
    this.#advancedToMicros = atMicros;
    this.#parts?.detector.advance(atMicros);
    this.#parts?.recorder?.addTick(atMicros);
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
    parts.recorder?.addSecond(second, evidence);
    const { newestSample: newestAir, channels } = parts.intake;
    const { camera, onJudged } = this.#options;
    if (camera === null ? Number.isFinite(second.air.co2Ppm) : second.validFrames > 0) onJudged?.();
    parts.uplink.sendTelemetry(telemetryMessage({ second, evidence, newestAir, channels }));
  }

  #event(event: AlarmEvent): void {
    // The detector has its new state already: relay and sounder come before anything is sent or written.
    this.#driveOutput();
    this.#parts?.uplink.addEvent(event);
    // A recording has the event behind the picture that it comes of.
    queueMicrotask(() => this.#parts?.recorder?.addEvent(event));
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
    const parts = this.#parts;
    if (parts === null) return;
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
        standing: () => parts.detector.state,
        act: (input) => {
          parts.detector.act(input);
          // Whoever resets has read that something was lost.
          if (input.act === "reset") this.#disk.forgetLosses();
        },
        watch: (seconds) => {
          parts.uplink.watch(seconds);
          // Nothing more comes after the end: whoever opens a page then sees how it ended.
          const { finalFrame } = parts.intake;
          if (finalFrame !== null) parts.uplink.showFrame(finalFrame);
        },
        demo,
      },
      { topic, payload },
    );
    if (answer === null) this.#options.log(`${deviceId}: a message on ${topic} is no command`);
    else parts.uplink.reply(answer.id, answer.reply);
  }

  #logAway(cause: string): void {
    const { log, deviceId, brokerUrl } = this.#options;
    log(`${deviceId}: the hub at ${brokerUrl} is away (${cause}); trying again until it is back`);
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

  #trouble(trouble: { code: TroubleCode; active: boolean; text: string }): void {
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
