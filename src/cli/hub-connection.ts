/** What a device agent that runs beside the hub needs to know of it. */
export interface HubConnection {
  readonly mqttUrl: string;
  /** Folder of the program's state; each device keeps its own in a folder below. */
  readonly dataFolder: string;
  credentialsFor(deviceId: string): { readonly username: string; readonly password: string };
}
