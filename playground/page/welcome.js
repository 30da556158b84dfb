/** What an empty chat says about itself, and what to try first. */

import { h } from "./dom.js";
import { nameOf } from "./people.js";

const PETITION = "petition-cameroon-torture";
const QUESTIONS = {
  en: "What is torture?",
  fr: "Qu’est-ce que la torture ?",
  es: "¿Qué es la tortura?",
  ar: "ما هو التعذيب؟",
};
const OFFERED = 3;

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
    const { world } = this.view;
    return [
      h("div", { class: "welcome-card" }, h("p", { class: "welcome-lead", dir: "auto" }, this.#lead()), world.description && h("p", { dir: "auto" }, world.description)),
      h("div", { class: "chips", role: "group", "aria-label": "Suggestions" }, this.#chips()),
    ];
  }

  #lead() {
    const bot = nameOf(this.view.world.bot);
    if (this.view.isGroup) return `The admins’ own group. ${bot} is a member and listens to commands.`;
    return `Nothing has been said yet. ${bot} may write only after Start.`;
  }

  #chips() {
    if (this.view.stage.isSupporter(this.view.speaker)) return this.#supporterChips();
    const commands = this.view.world.commands(this.view.chatId, this.view.speaker.id);
    const names = commands.map(({ command }) => `/${command}`).filter((command) => command !== "/start");
    const offered = this.view.isGroup ? names.slice(0, OFFERED) : ["/start", ...names.slice(0, OFFERED - 1)];
    return offered.map((command) => chip(command, () => this.view.sayCommand(command)));
  }

  #supporterChips() {
    const question = QUESTIONS[this.view.speaker.language_code?.slice(0, 2)] ?? QUESTIONS.en;
    return [
      chip("Start", () => this.view.openStart("")),
      chip(question, () => this.view.say(question), "Ask "),
      chip(PETITION, () => this.view.openStart(PETITION), "Open the link "),
    ];
  }
}

function chip(words, onclick, before = "") {
  return h("button", { type: "button", class: "chip", onclick }, before, before ? h("q", { dir: "auto" }, words) : words);
}
