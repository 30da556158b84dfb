/** The playground's clock: what time it is for the bot, what is due, and jumps ahead. */

import * as api from "./api.js";
import { h, icon } from "./dom.js";
import { moment } from "./world.js";

const DUE_SHOWN = 6;
const HOUR = 3600;
const DAY = 24 * HOUR;
const timeOfDay = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dayOfYear = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric" });
const dayAndTime = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

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
    return h("button", { type: "button", class: kind, onclick: () => this.attempt(work) }, picture && icon(picture), words);
  }

  draw() {
    const { offset, due } = this.world.clock;
    this.offset.textContent = offset ? `${spanOf(Math.abs(offset))} ${offset > 0 ? "ahead of" : "behind"} your own clock` : "The same as your own clock";
    this.next.disabled = due.length === 0;
    this.due.replaceChildren(...this.#dueRows(due));
    this.#tick();
  }

  #dueRows(due) {
    if (!due.length) return [h("li", { class: "nothing" }, "Nothing is waiting for its time.")];
    const rows = due.slice(0, DUE_SHOWN).map(({ at, what }) =>
      h("li", {}, h("time", {}, dayAndTime.format(moment(at))), h("span", { dir: "auto" }, what)),
    );
    if (due.length > DUE_SHOWN) rows.push(h("li", { class: "nothing" }, `and ${due.length - DUE_SHOWN} more`));
    return rows;
  }

  #tick() {
    const now = this.world.now();
    this.face.textContent = timeOfDay.format(now);
    this.day.textContent = dayOfYear.format(now);
  }
}

/** A length of time in its two largest units: "3 days 4 hours". */
function spanOf(seconds) {
  const parts = [
    [Math.floor(seconds / DAY), "day"],
    [Math.floor(seconds / HOUR) % 24, "hour"],
    [Math.floor(seconds / 60) % 60, "minute"],
    [Math.round(seconds) % 60, "second"],
  ].filter(([count]) => count > 0);
  return parts.slice(0, 2).map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`).join(" ") || "A moment";
}
