/** Keeps the world in step with the playground: the whole state first, then its events. */

import * as api from "./api.js";

const RETRY_MS = 1500;
const GATHER_MS = 80; // a bot that starts sets a dozen command menus in a row: fetch once

/** @param {(connected: boolean) => void} onConnection */
export function follow(world, onConnection) {
  new Follower(world, onConnection).connect();
}

class Follower {
  #waiting = []; // events that arrived while the state was on its way
  #isLoading = false;
  #isStale = false;

  constructor(world, onConnection) {
    this.world = world;
    this.onConnection = onConnection;
    world.addEventListener("stale", () => this.#refreshSoon());
  }

  connect() {
    this.source = new EventSource(api.eventsAddress);
    this.source.onopen = () => this.#refresh();
    this.source.onmessage = ({ data }) => this.#receive(JSON.parse(data));
    this.source.onerror = () => this.#lose();
  }

  #lose() {
    this.onConnection(false);
    // The browser tries again by itself, except after an answer that was not an event stream.
    if (this.source.readyState === EventSource.CLOSED) setTimeout(() => this.connect(), RETRY_MS);
  }

  #receive(event) {
    if (this.#isLoading) this.#waiting.push(event);
    else this.world.apply(event);
  }

  #refreshSoon() {
    if (this.#isStale) return;
    this.#isStale = true;
    setTimeout(() => this.#refresh(), GATHER_MS);
  }

  async #refresh() {
    this.#isStale = false;
    if (this.#isLoading) return this.#refreshSoon();
    this.#isLoading = true;
    try {
      const [cast, state] = await Promise.all([api.cast(), api.state()]);
      this.world.load(cast, state);
      this.onConnection(true);
    } catch (error) {
      if (!(error instanceof api.Refused)) throw error;
      this.#refreshLater();
    } finally {
      this.#catchUp();
    }
  }

  #refreshLater() {
    this.onConnection(false);
    if (this.source.readyState === EventSource.OPEN) setTimeout(() => this.#refresh(), RETRY_MS);
  }

  /** An event that the state already contains changes nothing, so all of them may be applied. */
  #catchUp() {
    this.#isLoading = false;
    for (const event of this.#waiting.splice(0)) this.world.apply(event);
  }
}
