/** The latest requests of the bot to the Bot API, newest first. */

import { h, oncePerFrame } from "./dom.js";
import { nameOf } from "./people.js";
import { moment, secondOfDay } from "./times.js";

const SHOWN = 100;

export class CallList {
  #rows = new Map(); // call number -> row, oldest first

  /** @param {() => boolean} isShown nothing is drawn while nobody looks */
  constructor(world, isShown) {
    this.world = world;
    this.isShown = isShown;
    this.failures = h("input", { type: "checkbox", onchange: () => this.#redraw() });
    this.list = h("div", { class: "calls" });
    this.element = this.#build();
    this.draw = oncePerFrame(() => this.#draw());
    world.addEventListener("calls", this.draw);
    world.addEventListener("loaded", () => this.#redraw());
  }

  #build() {
    return h(
      "section",
      { class: "card", "aria-labelledby": "calls-title" },
      h("h3", { id: "calls-title" }, "Calls to the Bot API"),
      h("label", { class: "check" }, this.failures, "Only failures"),
      this.list,
    );
  }

  #redraw() {
    this.#rows.clear();
    this.list.replaceChildren(h("p", { class: "nothing" }, "No calls yet."));
    this.draw();
  }

  #draw() {
    if (!this.isShown()) return;
    const wanted = this.world.calls.filter((call) => !this.failures.checked || !isFine(call)).slice(-SHOWN);
    if (wanted.length && !this.#rows.size) this.list.replaceChildren();
    for (const call of wanted) if (!this.#rows.has(call.n)) this.#add(call);
    for (const [n, row] of this.#rows) {
      if (this.#rows.size <= SHOWN) break;
      row.remove();
      this.#rows.delete(n);
    }
  }

  #add(call) {
    const row = this.#row(call);
    this.#rows.set(call.n, row);
    this.list.prepend(row);
  }

  /** The parameters are written out only when somebody opens the row. */
  #row(call) {
    const row = h("details", { class: "call" }, this.#line(call));
    row.addEventListener("toggle", () => row.append(details(call)), { once: true });
    return row;
  }

  #line(call) {
    const { method, chat_id: chatId, status, ms, at } = call;
    return h(
      "summary",
      {},
      h("span", { class: "call-status", "data-fine": String(isFine(call)) }, status || "lost"),
      h("span", { class: "call-method" }, method),
      h("bdi", { class: "call-chat", dir: "auto" }, this.#chatName(chatId)),
      h("span", { class: "call-ms" }, ms < 1 ? "<1 ms" : `${Math.round(ms)} ms`),
      h("time", { class: "call-time" }, secondOfDay.format(moment(at))),
    );
  }

  #chatName(chatId) {
    if (chatId === null || chatId === undefined) return "";
    const { cast } = this.world;
    const people = [...cast.supporters, cast.organiser, ...cast.admins, cast.admin_chat];
    const known = people.find((each) => String(each?.id) === String(chatId));
    return known ? nameOf(known) : String(chatId);
  }
}

/** The status of an answer that was lost on the way is 0. */
function isFine({ status }) {
  return status >= 200 && status < 300;
}

function details({ description, params }) {
  return h(
    "div",
    { class: "call-more" },
    description && h("p", { class: "call-description" }, description),
    h("pre", { dir: "auto" }, JSON.stringify(params, null, 2)),
  );
}
