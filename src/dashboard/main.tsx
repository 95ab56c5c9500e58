import "./forbid-eval.ts";

import { effect } from "@preact/signals";
import { render } from "preact";
import { AlarmSound } from "./alarm-sound.ts";
import { BrowserClock } from "./browser-clock.ts";
import { browserStorage, openLiveSocket } from "./browser-edges.ts";
import { App } from "./components/app.tsx";
import { DashboardStore } from "./dashboard-store.ts";
import { HubClient } from "./hub-client.ts";
import { pageFace } from "./model/page-face.ts";

const clock = new BrowserClock();
const store = new DashboardStore({
  clock,
  client: new HubClient((input, init) => fetch(input, init)),
  storage: browserStorage(),
  openSocket: openLiveSocket,
  chance: Math.random,
  beforeDrawing: (callback) => requestAnimationFrame(callback),
});
const sound = new AlarmSound({ clock, tone: store.tone, wanted: () => store.settings.value.sound });

const wall = new URLSearchParams(location.search).has("wall");
if (wall) document.documentElement.dataset["wall"] = "";

effect(() => {
  const face = pageFace(store.summary.value, store.link.value);
  document.title = face.title;
  document.querySelector('link[rel="icon"]')?.setAttribute("href", face.icon);
});

const page = document.getElementById("page");
if (page === null) throw new Error("Programmer error: index.html has no element #page");
render(<App store={store} sound={sound} layout={wall ? "wall" : "desk"} />, page);
sound.start();
store.start();

// A message's link leads to its incident.
const openLinked = (): void => {
  const id = /^#\/incidents\/(\d{1,15})$/.exec(location.hash)?.[1];
  if (id !== undefined) void store.incidents.open(id);
};
addEventListener("hashchange", openLinked);
openLinked();
