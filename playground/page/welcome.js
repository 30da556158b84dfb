/** What an empty chat says about itself, and what to try first. */

import { button, h } from "./dom.js";
import { avatar, nameNode, nameOf } from "./people.js";

const PETITION = "petition-cameroon-torture";
const QUESTION = "What is torture?";
const FOR_ORGANISERS = [
  ["/alert", "Write an alert"],
  ["/update", "Write news of a case"],
  ["/queue", "See what is planned"],
];
const FOR_ADMINS = [
  ["/staff", "Who may do what"],
  ["/queue", "What is planned and sent"],
  ["/stats", "Numbers"],
  ["/health", "Is all well?"],
  ["/freeze", "Stop all sending"],
];

export class Welcome {
  element = h("div", { class: "welcome" });

  /** @param {import("./chat.js").ChatView} view */
  constructor(view) {
    this.view = view;
  }

  refresh() {
    const isEmpty = this.view.chat.messages.size === 0;
    this.element.hidden = !isEmpty;
    this.element.replaceChildren(...(isEmpty ? this.#parts() : []));
  }

  #parts() {
    const { world, speaker } = this.view;
    const card = h(
      "div",
      { class: "welcome-card" },
      avatar(this.view.isGroup ? this.view.chat.chat : world.bot),
      h("p", { class: "welcome-lead" }, "You are ", nameNode(speaker)),
      h("p", {}, this.#situation()),
      world.description && h("p", { class: "welcome-words", dir: "auto" }, world.description),
    );
    return [card, h("div", { class: "chips", role: "group", "aria-label": "Suggestions" }, this.#chips())];
  }

  #situation() {
    const bot = nameOf(this.view.world.bot);
    if (this.view.isGroup) return `The admins talk among themselves here. ${bot} listens for commands.`;
    return `${bot} cannot write to you before you do. Write below, or begin with one of these.`;
  }

  #chips() {
    const { deeds, stage, speaker, isGroup } = this.view;
    if (stage.isSupporter(speaker)) return this.#supporterChips();
    const offered = isGroup ? FOR_ADMINS : FOR_ORGANISERS;
    return offered.map(([name, purpose]) => this.#chip(() => deeds.sayCommand(name), purpose, h("small", {}, name)));
  }

  #supporterChips() {
    const { deeds } = this.view;
    return [
      this.#chip(() => deeds.openStart(""), "Start"),
      this.#chip(() => deeds.say(QUESTION), "Ask ", h("q", {}, QUESTION)),
      this.#chip(() => deeds.openStart(PETITION), "Open the petition link", h("small", {}, PETITION)),
      this.#chip(() => deeds.sayCommand("/alerts"), "Choose alerts", h("small", {}, "/alerts")),
    ];
  }

  /** The chips go once something is said; a keyboard then finds itself among the messages. */
  #chip(work, ...words) {
    const onclick = () => {
      this.view.log.focus();
      work();
    };
    return button("chip", onclick, ...words);
  }
}
