/** Things that go wrong on the way to Telegram, to be ordered in advance. */

import * as api from "./api.js";
import { button, h, spoken } from "./dom.js";

const KINDS = [
  ["flood", "429 Too many"],
  ["blocked", "403 Blocked"],
  ["deactivated", "403 Deactivated"],
  ["not_found", "400 Chat not found"],
  ["server", "500 Server error"],
  ["bad_gateway", "502 Bad gateway"],
  ["reset", "Connection lost"],
  ["timeout", "No answer"],
];
const METHODS = ["sendMessage", "sendPhoto", "editMessageText", "answerCallbackQuery", "getUpdates", "*"];
const FLOOD_WAIT = 5; // seconds

export class FaultCard {
  /** @param {(work: () => Promise, done: string) => void} attempt */
  constructor(attempt) {
    this.attempt = attempt;
    this.method = h("select", {}, METHODS.map(methodOption));
    this.times = h("input", { type: "number", min: "1", max: "1000", value: "1" });
    this.after = h("input", { type: "checkbox" });
    this.element = this.#build();
  }

  #build() {
    return h(
      "section",
      { class: "card", "aria-labelledby": "faults-title" },
      h("h3", { id: "faults-title" }, "Make something fail"),
      h(
        "div",
        { class: "fault-aim" },
        h("label", {}, "The next ", this.times),
        h("label", {}, spoken("calls of the method"), this.method),
      ),
      h("div", { class: "fault-kinds", role: "group", "aria-label": "fail with" }, this.#kinds()),
      h("label", { class: "check" }, this.after, "Carry the request out first, then lose the answer"),
      button("quiet", () => this.attempt(api.clearFaults, "No more faults."), "Clear all faults"),
    );
  }

  #kinds() {
    return KINDS.map(([kind, words]) => button("quiet fault", () => this.#order(kind, words), words));
  }

  #order(kind, words) {
    const times = Math.max(1, this.times.valueAsNumber || 1);
    const wanted = { kind, method: this.method.value, times };
    if (kind === "flood") wanted.retry_after = FLOOD_WAIT;
    if (this.after.checked) wanted.after_effect = true;
    const calls = times === 1 ? "The next call" : `The next ${times} calls`;
    const method = this.method.selectedOptions[0].text;
    this.attempt(() => api.fault(wanted), `${calls} of ${method}: ${words}.`);
  }
}

function methodOption(name) {
  return h("option", { value: name }, name === "*" ? "any method" : name);
}
