/** Things that go wrong on the way to Telegram, ordered in advance or mixed in by a seed. */

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
const MIXED = ["429", "403", "500", "502", "reset", "lost"];

export class FaultCard {
  /** @param {(work: () => Promise, done: string) => void} attempt */
  constructor(world, attempt) {
    this.attempt = attempt;
    this.method = h("select", {}, METHODS.map(methodOption));
    this.times = h("input", { type: "number", min: "1", max: "1000", value: "1" });
    this.after = h("input", { type: "checkbox" });
    this.failing = h("input", { type: "number", min: "1", max: "100", value: "10" });
    this.seed = h("input", { type: "number", min: "0", value: "1" });
    this.mixed = h("p", { class: "nothing", role: "status" });
    this.element = this.#build();
    world.addEventListener("loaded", () => this.#show(world.mixture));
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
      h(
        "div",
        { class: "fault-aim" },
        h("label", {}, "Fail ", this.failing, " %"),
        h("label", {}, "by seed ", this.seed),
      ),
      button("quiet fault", () => this.#mix(), "Mix all kinds in"),
      this.mixed,
      button("quiet", () => this.#clear(), "Clear all faults"),
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

  /** Kinds take equal shares; which messages fail depends on the seed and the person alone. */
  #mix() {
    const share = Math.min(100, Math.max(1, this.failing.valueAsNumber || 1)) / 100 / MIXED.length;
    const shares = Object.fromEntries(MIXED.map((kind) => [kind, share]));
    const seed = Math.max(0, Math.floor(this.seed.valueAsNumber || 0));
    this.attempt(async () => this.#show((await api.mixFaults(seed, shares)).mixture));
  }

  #clear() {
    this.attempt(async () => this.#show((await api.clearFaults()).mixture), "No more faults.");
  }

  #show(mixture) {
    const share = Object.values(mixture?.shares ?? {}).reduce((sum, each) => sum + each, 0);
    const percent = Math.round(share * 100);
    this.mixed.textContent = share ? `${percent} % of messages to people fail (seed ${mixture.seed}).` : "";
    this.mixed.hidden = !share;
  }
}

function methodOption(name) {
  return h("option", { value: name }, name === "*" ? "any method" : name);
}
