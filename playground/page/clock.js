/** The playground's clock: what time it is for the bot, what is due, and jumps ahead. */

import * as api from "./api.js";
import { button, h, icon } from "./dom.js";
import { dayAndMinute, dayOfYear, moment, secondOfDay, spanOf } from "./times.js";

const DUE_SHOWN = 6;
const HOUR = 3600; // seconds
const DAY = 24 * HOUR;
export class ClockCard {
  /**
   * @param {(work: () => Promise) => void} attempt
   * @param {() => boolean} isShown
   */
  constructor(world, attempt, isShown) {
    this.world = world;
    this.attempt = attempt;
    this.face = h("span", { class: "clock-time" });
    this.day = h("span", { class: "clock-day" });
    this.offset = h("p", { class: "clock-offset" });
    this.due = h("ul", { class: "due" });
    this.next = this.#button("Jump to the next due moment", () => api.jump(), "primary", "jump");
    this.element = this.#build();
    world.addEventListener("clock", () => this.draw());
    world.addEventListener("loaded", () => this.draw());
    setInterval(() => isShown() && this.#tick(), 1000);
  }

  #build() {
    return h(
      "section",
      { class: "card", "aria-labelledby": "clock-title" },
      h("h3", { id: "clock-title" }, "Clock"),
      h("p", { class: "clock-face" }, this.face, this.day),
      this.offset,
      this.due,
      this.next,
      h(
        "div",
        { class: "button-row" },
        this.#button("+1 hour", () => api.jump(HOUR)),
        this.#button("+1 day", () => api.jump(DAY)),
        this.#button("Reset", () => api.resetClock()),
      ),
    );
  }

  #button(words, work, kind = "quiet", picture = null) {
    return button(kind, () => this.attempt(work), picture && icon(picture), words);
  }

  draw() {
    const { offset, due } = this.world.clock;
    this.offset.textContent = distance(offset);
    this.next.disabled = due.length === 0;
    this.due.replaceChildren(...this.#dueRows(due));
    this.#tick();
  }

  #dueRows(due) {
    if (!due.length) return [h("li", { class: "nothing" }, "Nothing is waiting for its time.")];
    const rows = due.slice(0, DUE_SHOWN).map(({ at, what }) =>
      h("li", {}, h("time", {}, dayAndMinute.format(moment(at))), h("span", { dir: "auto" }, what)),
    );
    const hidden = due.length - DUE_SHOWN;
    return hidden > 0 ? [...rows, h("li", { class: "nothing" }, `and ${hidden} more`)] : rows;
  }

  #tick() {
    const now = this.world.now();
    this.face.textContent = secondOfDay.format(now);
    this.day.textContent = dayOfYear.format(now);
  }
}

function distance(offset) {
  if (!offset) return "The same as your own clock";
  return `${spanOf(Math.abs(offset))} ${offset > 0 ? "ahead of" : "behind"} your own clock`;
}
