/** Follows the press of a button until the bot has answered it. */

const PATIENCE_MS = 30_000;
const KEPT = 50;

export class Taps {
  #waiting = new Map();
  #early = new Map(); // answers that overtook the reply to the tap itself

  constructor(world) {
    world.addEventListener("popup", ({ detail }) => this.#receive(detail));
  }

  /** The answer to this query; null when none came in time. */
  answer(queryId) {
    const early = this.#early.get(queryId);
    if (early) return Promise.resolve(early);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(queryId, null), PATIENCE_MS);
      this.#waiting.set(queryId, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }

  #receive(answer) {
    if (this.#waiting.has(answer.callback_query_id)) return this.#settle(answer.callback_query_id, answer);
    this.#early.set(answer.callback_query_id, answer);
    if (this.#early.size > KEPT) this.#early.delete(this.#early.keys().next().value);
  }

  #settle(queryId, answer) {
    this.#waiting.get(queryId)?.(answer);
    this.#waiting.delete(queryId);
  }
}
