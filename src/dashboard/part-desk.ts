import type { ReadonlySignal } from "@preact/signals";
import type { RegionsMessage } from "#wire/device-messages.ts";
import type { ActRequest, HotZoneRequest } from "#wire/hub-api.ts";
import type { Answer, HubClient } from "./hub-client.ts";
import { type PicturePart, pictureParts } from "./model/picture-part.ts";
import { noticeOf, type RoomModel } from "./model/room-model.ts";
import { hiddenProposalsMax, type ViewSettings } from "./model/view-settings.ts";

/** What the desk works with beside the hub. */
export interface PartDeskPage {
  readonly settings: ReadonlySignal<ViewSettings>;
  readonly setSettings: (change: Partial<ViewSettings>) => void;
  /** The hub's wall clock. */
  readonly nowMicros: () => number;
}

/** What people ask of the parts of a picture; what came of it stands in the room's `partNotice`. */
export class PartDesk {
  readonly #client: HubClient;
  readonly #page: PartDeskPage;

  constructor(client: HubClient, page: PartDeskPage) {
    this.#client = client;
    this.#page = page;
  }

  /** All parts of a room's picture but the proposals that this browser hides; as a signal. */
  of(room: RoomModel): readonly PicturePart[] {
    const { hiddenProposals } = this.#page.settings.value;
    const disabled = room.view.value.state?.disabledRegions ?? [];
    return pictureParts(room.regions.value, { disabled, hidden: hiddenProposals });
  }

  /** A device has said what is drawn into its picture. */
  take(room: RoomModel | undefined, regions: RegionsMessage): void {
    if (room !== undefined) room.regions.value = regions;
  }

  /** Has a device disable or enable a part of its picture. */
  act(room: RoomModel, request: ActRequest): Promise<void> {
    return this.#ask(room, this.#client.act(room.id, request));
  }

  /** Accepts usual heat that a device proposes. */
  accept(room: RoomModel, request: HotZoneRequest): Promise<void> {
    return this.#ask(room, this.#client.acceptHotZone(room.id, request));
  }

  /** Takes a hot zone back that was accepted at work. */
  withdraw(room: RoomModel, request: { readonly name: string; readonly by: string }): Promise<void> {
    return this.#ask(room, this.#client.withdrawHotZone(room.id, request));
  }

  /** Hides a proposal in this browser; the device knows nothing of it. */
  hide(proposal: string): void {
    const hidden = this.#page.settings.value.hiddenProposals.filter((id) => id !== proposal);
    this.#page.setSettings({ hiddenProposals: [...hidden, proposal].slice(-hiddenProposalsMax) });
  }

  /** Shows these proposals again. */
  show(proposals: readonly string[]): void {
    const { hiddenProposals } = this.#page.settings.value;
    this.#page.setSettings({ hiddenProposals: hiddenProposals.filter((id) => !proposals.includes(id)) });
  }

  async #ask({ partNotice }: RoomModel, asked: Promise<Answer<string>>): Promise<void> {
    const atMicros = this.#page.nowMicros();
    partNotice.value = { kind: "working", text: "Asking the device…", atMicros };
    partNotice.value = { ...noticeOf(await asked), atMicros: this.#page.nowMicros() };
  }
}
