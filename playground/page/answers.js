/** Follows what was asked of the bot, a press of a button or words after its name, until it answers. */

const PATIENCE_MS = 30_000;
const KEPT = 50;

export class Answers {
  #waiting = new Map();
  #early = new Map(); // answers that overtook the reply to the question itself

  /**
   * @param {string} event the world's, that brings answers
   * @param {string} id the field of it that names the question
   */
  constructor(world, event, id) {
    world.addEventListener(event, ({ detail }) => this.#receive(detail[id], detail));
  }

  /** The answer to this query; null when none came in time. */
  of(queryId) {
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

  #receive(queryId, answer) {
    if (this.#waiting.has(queryId)) return this.#settle(queryId, answer);
    this.#early.set(queryId, answer);
    if (this.#early.size > KEPT) this.#early.delete(this.#early.keys().next().value);
  }

  #settle(queryId, answer) {
    this.#waiting.get(queryId)?.(answer);
    this.#waiting.delete(queryId);
  }
}
