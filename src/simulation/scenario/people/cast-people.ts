import type { Random } from "#core/random.ts";
import type { FloorPlace, Itinerary, NextActivity, Stretch } from "../../scene/itinerary.ts";
import { dressedBuild } from "../../scene/people/dressed-build.ts";
import { Walker } from "../../scene/people/walker.ts";
import type { SceneThing } from "../../scene/scene-thing.ts";
import type { EpisodeLot, FloorArea } from "../scenario.ts";
import { PeoplePlaces } from "./people-places.ts";

/**
 * What somebody does: `visits` comes in, looks at things and goes; `works` sits at a desk or stands at a bench and
 * moves now and then; `roams` is on their feet in the room all the time; `plays` runs about; `passes` walks through.
 */
export type Manner = "visits" | "works" | "roams" | "plays" | "passes";

/** What somebody begins with and how they go on. */
interface Plan {
  readonly begins: NextActivity;
  readonly planAfter: (itinerary: Itinerary, done: Stretch) => void;
}

/** Outside colder than this brings people in coats in; inside colder than this keeps coats on. */
const coatOutsideCelsius = 8;
const coatInsideCelsius = 14;
const freshlyInShare = 0.5;
const comesIn: ReadonlySet<Manner> = new Set(["visits", "passes"]);
const runMetresPerSecond = 1.9;
/** Somebody for whom there is no room stays away for longer than any episode lasts. */
const forGood: NextActivity = { activity: "away", to: { x: 0, z: -2 }, seconds: 36_000 };

/**
 * The people of one episode: makes somebody who behaves in a manner. Everybody draws their own lots, so that what one
 * does never depends on whose next step is planned first.
 */
export class CastPeople {
  readonly places: PeoplePlaces;
  readonly #lot: EpisodeLot;
  #seatsTaken = 0;
  #people = 0;

  /** `keepOff` is where nobody sets foot, besides the room's furniture. */
  constructor(lot: EpisodeLot, keepOff: readonly FloorArea[] = []) {
    this.#lot = lot;
    this.places = new PeoplePlaces(lot.room, lot.random("people"), keepOff);
  }

  /** Somebody of this manner, grown up unless said otherwise. */
  person(
    manner: Manner,
    options: { readonly who?: "grown" | "child"; readonly cup?: { readonly pouredAtSeconds: number } } = {},
  ): SceneThing {
    const { insideCelsius, outsideCelsius } = this.#lot.climate;
    const random = this.#ownLots();
    const who = options.who ?? "grown";
    const coat =
      insideCelsius < coatInsideCelsius ||
      (outsideCelsius < coatOutsideCelsius && comesIn.has(manner) && random.uniform() < freshlyInShare);
    const plan = this.#planOf(manner, random);
    return new Walker({
      who,
      random,
      roomCelsius: insideCelsius,
      build: dressedBuild(
        { who, dress: coat ? "coat" : "indoor", roomCelsius: insideCelsius, outsideCelsius },
        random,
      ),
      ...plan,
      ...(options.cup === undefined ? {} : { cup: options.cup }),
    });
  }

  /** People who stand together around a place and talk, come in one after the other within `gatherSeconds`. */
  group(middle: FloorPlace, size: { readonly count: number; readonly gatherSeconds: number }): SceneThing[] {
    const random = this.#ownLots();
    const radius = 0.35 + 0.09 * size.count;
    return Array.from({ length: size.count }, (_, i) => {
      const angle = (2 * Math.PI * (i + random.between(-0.3, 0.3))) / size.count;
      const round = { x: middle.x + radius * Math.sin(angle), z: middle.z - radius * Math.cos(angle) };
      return this.#standing(this.places.standingPlace(round, middle), {
        heading: angle + Math.PI,
        within: size.gatherSeconds,
      });
    });
  }

  #standing(place: FloorPlace, how: { readonly heading: number; readonly within: number }): SceneThing {
    const { insideCelsius, outsideCelsius } = this.#lot.climate;
    const random = this.#ownLots();
    const coat =
      insideCelsius < coatInsideCelsius ||
      (how.within > 0 && outsideCelsius < coatOutsideCelsius && random.uniform() < freshlyInShare);
    const entrance = this.places.entranceTo(place, random);
    const way = entrance === null ? null : this.places.way(entrance.inside, place);
    const stand: NextActivity = { activity: "standing", to: place, seconds: 3600, heading: how.heading };
    const comes = how.within > 0 && entrance !== null && way !== null;
    return new Walker({
      who: "grown",
      random,
      roomCelsius: insideCelsius,
      build: dressedBuild(
        { who: "grown", dress: coat ? "coat" : "indoor", roomCelsius: insideCelsius, outsideCelsius },
        random,
      ),
      begins: comes
        ? { activity: "away", to: entrance.outside, seconds: random.between(0.1, how.within) }
        : stand,
      planAfter: (itinerary) => {
        if (comes) itinerary.walk([entrance.inside, ...way]);
        itinerary.append(stand);
      },
    });
  }

  #ownLots(): Random {
    this.#people += 1;
    return this.#lot.random(`people/${this.#people}`);
  }

  #planOf(manner: Manner, random: Random): Plan {
    const { places } = this;
    const spot = places.anySpot(random);
    if (spot === null) return { begins: forGood, planAfter: (itinerary) => itinerary.append(forGood) };
    if (manner === "works") return this.#work(random, spot);
    if (manner === "passes" || manner === "visits") return this.#comeIn(manner, random);
    const begins: NextActivity = { activity: "standing", to: spot, seconds: random.between(0.1, 8) };
    const linger = this.#lingering(manner, random);
    return { begins, planAfter: (itinerary, done) => linger(itinerary, done.to) };
  }

  /** Goes to another spot, if a way leads to one, and does something there. */
  #lingering(manner: Manner, random: Random): (itinerary: Itinerary, from: FloorPlace) => void {
    const { places } = this;
    const pauses: readonly [number, number] = manner === "plays" ? [0.3, 3] : [3, 30];
    const speed = manner === "plays" ? runMetresPerSecond : random.between(0.7, 1.4);
    return (itinerary, from) => {
      const spot = places.nextSpot(from, random);
      if (spot !== null) itinerary.walk(places.way(from, spot)!, speed);
      const activity = random.uniform() < 0.25 ? "bending" : "standing";
      const seconds = random.between(...pauses);
      itinerary.append({ activity, to: spot ?? from, seconds, heading: random.between(-3.1, 3.1) });
    };
  }

  /** Comes in by one of the entrances, later goes out by one; stays away where there is none. */
  #comeIn(manner: "visits" | "passes", random: Random): Plan {
    const { places } = this;
    const entrance = places.anyEntrance(random);
    if (entrance === null) return { begins: forGood, planAfter: (itinerary) => itinerary.append(forGood) };
    const begins = (from: number, to: number): NextActivity => ({
      activity: "away",
      to: entrance.outside,
      seconds: random.between(from, to),
    });
    if (manner === "passes")
      return {
        begins: begins(0.1, 40),
        planAfter: (itinerary, done) => this.#pass(itinerary, { done, random }),
      };
    const linger = this.#lingering(manner, random);
    const planAfter = (itinerary: Itinerary, done: Stretch): void => {
      if (done.activity === "away") {
        const { inside } = nearestEntrance(places, done.to);
        itinerary.walk([inside]);
        linger(itinerary, inside);
        return;
      }
      const leaving = random.uniform() < 0.6 ? null : places.entranceTo(done.to, random);
      if (leaving === null) linger(itinerary, done.to);
      else {
        itinerary.walk([...places.way(done.to, leaving.inside)!, leaving.outside]);
        itinerary.append({ activity: "away", to: leaving.outside, seconds: random.between(10, 60) });
      }
    };
    return { begins: random.uniform() < 0.7 ? begins(1, 60) : begins(0.1, 0.5), planAfter };
  }

  /** At a seat as long as there are any, else standing at a spot; gets up for a moment now and then. */
  #work(random: Random, spot: FloorPlace): Plan {
    const { places } = this;
    const seat = places.seats[this.#seatsTaken];
    this.#seatsTaken += 1;
    const stay = (): NextActivity =>
      seat === undefined
        ? { activity: "standing", to: home, seconds: random.between(30, 200), heading: random.between(-3, 3) }
        : {
            activity: "sitting",
            to: seat.place,
            seconds: random.between(40, 300),
            heading: seat.heading,
          };
    const home = seat?.place ?? spot;
    return {
      begins: stay(),
      planAfter: (itinerary, done) => {
        const goesTo = places.nextSpot(done.to, random);
        if (goesTo !== null) {
          itinerary.walk(places.way(done.to, goesTo)!);
          itinerary.append({ activity: "standing", to: goesTo, seconds: random.between(3, 25) });
          itinerary.walk(places.way(goesTo, home)!);
        }
        itinerary.append(stay());
      },
    };
  }

  #pass(itinerary: Itinerary, { done, random }: { readonly done: Stretch; readonly random: Random }): void {
    const { places } = this;
    const from = nearestEntrance(places, done.to);
    const by = places.nextSpot(from.inside, random) ?? from.inside;
    const to = places.entranceTo(by, random) ?? from;
    const speed = random.between(0.9, 1.6);
    const way = [...places.way(from.inside, by)!, ...places.way(by, to.inside)!];
    itinerary.walk([from.inside, ...way, to.outside], speed);
    itinerary.append({ activity: "away", to: to.outside, seconds: random.between(3, 30) });
  }
}

function nearestEntrance(places: PeoplePlaces, at: FloorPlace): PeoplePlaces["entrances"][number] {
  let nearest = places.entrances[0]!;
  const far = (outside: FloorPlace): number => Math.hypot(outside.x - at.x, outside.z - at.z);
  for (const entrance of places.entrances)
    if (far(entrance.outside) < far(nearest.outside)) nearest = entrance;
  return nearest;
}
