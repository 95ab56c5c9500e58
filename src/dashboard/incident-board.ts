import { batch, type Signal, signal } from "@preact/signals";
import type { IncidentDetail, IncidentView } from "#wire/incident-api.ts";
import type { Answer, HubClient, IncidentRequest } from "./hub-client.ts";
import { mergeIncidents } from "./model/incident-list.ts";
import { type Notice, noticeOf } from "./model/room-model.ts";

const incidentsPerPage = 10;

/** The incidents that the page shows, the one that is open, and what people do to it. */
export class IncidentBoard {
  /** The newest first. */
  readonly incidents: Signal<readonly IncidentView[]> = signal([]);
  /** Where the next page of older ones begins; null when there is none. */
  readonly older: Signal<string | null> = signal<string | null>(null);
  readonly problem: Signal<string | null> = signal<string | null>(null);
  /** Why nobody is told of alarms; null while somebody is, or while it is not known. */
  readonly nobody: Signal<string | null> = signal<string | null>(null);
  /** The incident whose time line is shown. */
  readonly opened: Signal<IncidentDetail | null> = signal<IncidentDetail | null>(null);
  readonly notice: Signal<Notice | null> = signal<Notice | null>(null);
  readonly #client: HubClient;
  readonly #nowMicros: () => number;
  /** The incident that a person wants to see. */
  #wanted: string | null = null;

  constructor(client: HubClient, nowMicros: () => number) {
    this.#client = client;
    this.#nowMicros = nowMicros;
  }

  /** Fetches the newest incidents, and whether anybody is told of them. */
  async load(): Promise<void> {
    const told = await this.#client.notifications();
    if (told.ok) this.nobody.value = told.value.nobody;
    await this.#loadPage(null);
    if (this.#wanted !== null) await this.open(this.#wanted);
  }

  /** Fetches the next page of older ones. */
  async loadOlder(): Promise<void> {
    if (this.older.value !== null) await this.#loadPage(this.older.value);
  }

  /** The hub says how an incident now is. */
  take(incident: IncidentView): void {
    this.incidents.value = mergeIncidents(this.incidents.value, [incident]);
    if (incident.id === this.#wanted) void this.#fetch(incident.id);
  }

  /** Shows the time line of an incident. */
  async open(id: string): Promise<void> {
    if (id !== this.#wanted) {
      this.opened.value = null;
      this.notice.value = null;
    }
    this.#wanted = id;
    await this.#fetch(id);
  }

  /** Shows no time line. */
  close(): void {
    this.#wanted = null;
    this.opened.value = null;
    this.notice.value = null;
  }

  /** Does what a person asked of the open incident; what came of it stands in the notice. */
  async act(id: string, request: IncidentRequest): Promise<void> {
    this.#say({ kind: "working", text: "Asking the hub…" });
    const answer: Answer<string> = await this.#client.actOnIncident(id, request);
    this.#say(noticeOf(answer));
    if (answer.ok) await this.#fetch(id);
  }

  async #fetch(id: string): Promise<void> {
    const answer = await this.#client.incident(id);
    if (id !== this.#wanted) return;
    if (answer.ok) this.opened.value = answer.value;
    else this.#say({ kind: "failed", text: answer.message });
  }

  async #loadPage(before: string | null): Promise<void> {
    const answer = await this.#client.incidents({ before, limit: incidentsPerPage });
    batch(() => {
      this.problem.value = answer.ok ? null : answer.message;
      if (!answer.ok) return;
      const isFirst = this.incidents.value.length === 0;
      this.incidents.value = mergeIncidents(this.incidents.value, answer.value.incidents);
      if (before !== null || isFirst) this.older.value = answer.value.next;
    });
  }

  #say(notice: Pick<Notice, "kind" | "text">): void {
    this.notice.value = { ...notice, atMicros: this.#nowMicros() };
  }
}
