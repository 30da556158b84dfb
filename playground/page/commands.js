/** The list of commands above the composer, worked with the arrow keys while one types. */

import { freshId, h } from "./dom.js";

export class CommandMenu {
  #shown = [];
  #active = 0;

  /**
   * @param {import("./richfield.js").RichField} field keeps the focus all the while
   * @param {() => {command: string, description: string}[]} commands
   * @param {(command: string) => void} send
   */
  constructor(field, commands, send) {
    this.field = field;
    this.commands = commands;
    this.send = send;
    this.element = h("ul", {
      class: "commands",
      role: "listbox",
      id: freshId("commands"),
      tabindex: "0",
      "aria-label": "Commands",
      hidden: true,
      onmousedown: (event) => event.preventDefault(), // or the field would lose the focus and close us
    });
    field.input.setAttribute("aria-autocomplete", "list");
    field.input.setAttribute("aria-haspopup", "listbox");
    field.input.setAttribute("aria-controls", this.element.id);
    field.input.addEventListener("blur", () => this.close());
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** Offers the commands that begin as the text does; closes when it is no command's beginning. */
  follow(text) {
    const typed = /^\/(\w*)$/.exec(text);
    if (typed) this.open(typed[1].toLowerCase());
    else this.close();
  }

  open(prefix = "") {
    this.#shown = this.commands().filter(({ command }) => command.startsWith(prefix));
    if (!this.#shown.length) return this.close();
    this.element.replaceChildren(...this.#shown.map((each) => this.#option(each)));
    this.element.hidden = false;
    this.#activate(0);
  }

  close() {
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
    this.#activate((this.#active + step + this.#shown.length) % this.#shown.length);
  }

  choose(command = this.#shown[this.#active].command) {
    this.close();
    if (this.field.value.startsWith("/")) this.field.value = ""; // what was typed led here
    this.send(`/${command}`);
  }

  /** Puts the command into the text, for those that take words after them. */
  complete() {
    this.field.value = `/${this.#shown[this.#active].command} `;
    this.close();
  }

  #option({ command, description }) {
    return h(
      "li",
      {
        role: "option",
        id: freshId("command"),
        onclick: () => this.choose(command),
      },
      h("span", { class: "command-name" }, `/${command}`),
      h("span", { class: "command-words", dir: "auto" }, description),
    );
  }

  #activate(index) {
    this.#active = index;
    const options = [...this.element.children];
    options.forEach((option, each) => option.setAttribute("aria-selected", String(each === index)));
    this.field.input.setAttribute("aria-activedescendant", options[index].id);
    options[index].scrollIntoView({ block: "nearest" });
  }
}

const KEYS = {
  ArrowDown: (menu) => menu.move(1),
  ArrowUp: (menu) => menu.move(-1),
  Enter: (menu) => menu.choose(),
  Tab: (menu) => menu.complete(),
  Escape: (menu) => menu.close(),
};
