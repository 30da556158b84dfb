/** A list of choices above the composer, worked with the arrow keys while one types. */

import { freshId, h } from "./dom.js";

/**
 * @typedef {object} Choice
 * @property {(Node|string)[]} parts what it shows
 * @property {() => void} take
 * @property {() => void} [complete] what Tab does; without it Tab takes it, too
 */

export class Menu {
  #choices = [];
  #active = 0;

  /** @param {import("./richfield.js").RichField} field keeps the focus all the while */
  constructor(field, label) {
    this.field = field;
    this.element = h("ul", {
      class: "menu",
      role: "listbox",
      id: freshId("menu"),
      tabindex: "0",
      "aria-label": label,
      hidden: true,
      onmousedown: (event) => event.preventDefault(), // or the field would lose the focus and close us
    });
    field.input.setAttribute("aria-autocomplete", "list");
    field.input.setAttribute("aria-haspopup", "listbox");
    field.input.addEventListener("blur", () => this.close());
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** @param {Choice[]} choices without any the menu closes */
  show(choices) {
    this.#choices = choices;
    if (!choices.length) return this.close();
    this.element.replaceChildren(...choices.map((each) => option(each)));
    this.element.hidden = false;
    this.field.input.setAttribute("aria-controls", this.element.id);
    this.#activate(0);
  }

  close() {
    if (!this.isOpen) return;
    this.element.hidden = true;
    this.field.input.removeAttribute("aria-activedescendant");
  }

  /** @returns {boolean} whether the key was meant for the menu */
  handle(event) {
    const act = this.isOpen && !event.shiftKey && KEYS[event.key];
    if (!act) return false;
    event.preventDefault();
    act(this);
    return true;
  }

  move(step) {
    this.#activate((this.#active + step + this.#choices.length) % this.#choices.length);
  }

  take() {
    this.#choices[this.#active].take();
  }

  complete() {
    const { complete, take } = this.#choices[this.#active];
    (complete ?? take)();
  }

  #activate(index) {
    this.#active = index;
    const options = [...this.element.children];
    options.forEach((one, each) => one.setAttribute("aria-selected", String(each === index)));
    this.field.input.setAttribute("aria-activedescendant", options[index].id);
    options[index].scrollIntoView({ block: "nearest" });
  }
}

function option({ parts, take }) {
  return h("li", { role: "option", id: freshId("option"), onclick: take }, parts);
}

const KEYS = {
  ArrowDown: (menu) => menu.move(1),
  ArrowUp: (menu) => menu.move(-1),
  Enter: (menu) => menu.take(),
  Tab: (menu) => menu.complete(),
  Escape: (menu) => menu.close(),
};
