import { dirname, resolve } from "node:path";
import { badInput } from "#core/failure.ts";
import { deviceEnvironment, deviceNodeFlags } from "#edge/node-flags.ts";
import type { Invocation } from "../command.ts";
import { defaultConfigFile } from "./config-commands.ts";
import { readEdgeConfig } from "./read-edge-config.ts";

/** Seconds without a judged picture after which systemd starts the device again; a shutter correction takes two. */
const watchdogSeconds = 60;

/** A user's name or number, as systemd takes it in User= (systemd.exec, "strict" names). */
const userForm = /^([a-z_][a-z0-9_-]{0,30}|[0-9]{1,10})$/;

/** `edge unit`: prints a systemd unit that runs the device of a configuration. Throws `Failure` for a wrong one. */
export async function printUnit({ values, output }: Invocation): Promise<number> {
  const program = process.argv[1];
  if (program === undefined) throw badInput("usage", "Run edge unit by the installed program.");
  const user = userName(values["user"] ?? "emberwatch");
  const config = resolve(values["config"] ?? defaultConfigFile);
  await readEdgeConfig(config);
  await output.line(
    serviceUnit({
      node: process.execPath,
      program: resolve(program),
      config,
      user,
    }),
  );
  return 0;
}

/** The name as it was given. Throws `badInput` for one that is no user's: it would be more than a name in the unit. */
export function userName(text: string): string {
  if (userForm.test(text)) return text;
  throw badInput(
    "usage",
    `--user "${text}" is no user's name: take a–z, 0–9, _ and -, at most 31, no digit first.`,
  );
}

/** The text of the unit. What it forbids was chosen by `systemd-analyze security`; V8 needs writable code pages. */
export function serviceUnit(by: {
  readonly node: string;
  readonly program: string;
  readonly config: string;
  readonly user: string;
}): string {
  const { node, program, config, user } = by;
  const variables = Object.entries(deviceEnvironment)
    .map(([name, value]) => `Environment=${name}=${value}`)
    .join("\n");
  return `[Unit]
Description=Emberwatch fire watch
After=local-fs.target
# However often it fails, it is started again.
StartLimitIntervalSec=0

[Service]
Type=notify
NotifyAccess=main
ExecStart="${node}" ${deviceNodeFlags.join(" ")} "${program}" edge --config "${config}"
# Fed by judged pictures, not by the process: a device that runs and sees nothing is started again.
WatchdogSec=${watchdogSeconds}
Restart=always
RestartSec=1
TimeoutStartSec=60
TimeoutStopSec=15
# Only the alarm process is asked to stop; it ends the link process, which says goodbye to the hub.
KillMode=mixed
User=${user}
SupplementaryGroups=i2c spi gpio video
StateDirectory=emberwatch
# Node keeps its compiled programs here, so that a restart is quick.
CacheDirectory=emberwatch
Environment=NODE_COMPILE_CACHE=/var/cache/emberwatch
${variables}
WorkingDirectory=/var/lib/emberwatch
UMask=0077
Nice=-10
OOMScoreAdjust=-900
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
# A configuration from the hub is written beside the one before; who may write there is up to the folder's owner.
ReadWritePaths=-"${dirname(config)}"
ProtectHome=read-only
PrivateTmp=yes
DevicePolicy=closed
DeviceAllow=char-i2c rw
DeviceAllow=char-spi rw
DeviceAllow=char-gpiochip rw
DeviceAllow=char-video4linux rw
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service

[Install]
WantedBy=multi-user.target`;
}
