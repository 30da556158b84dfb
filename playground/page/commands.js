/** The commands that one has here, above the composer. */

import { h } from "./dom.js";
import { Menu } from "./menu.js";

export class CommandMenu extends Menu {
  /**
   * @param {import("./richfield.js").RichField} field
   * @param {() => {command: string, description: string}[]} commands
   * @param {(command: string) => void} send
   */
  constructor(field, commands, send) {
    super(field, "Commands");
    this.commands = commands;
    this.send = send;
  }

  /** Offers the commands that begin as the text does; closes when it is no command's beginning. */
  follow(text) {
    const typed = /^\/(\w*)$/.exec(text);
    if (typed) this.open(typed[1].toLowerCase());
    else this.close();
  }

  open(prefix = "") {
    const found = this.commands().filter(({ command }) => command.startsWith(prefix));
    this.show(found.map((each) => this.#choice(each)));
  }

  #choice({ command, description }) {
    return {
      parts: [
        h("span", { class: "menu-name" }, `/${command}`),
        h("span", { class: "menu-words", dir: "auto" }, description),
      ],
      take: () => this.#choose(command),
      complete: () => this.#complete(command),
    };
  }

  #choose(command) {
    this.close();
    if (this.field.value.startsWith("/")) this.field.value = ""; // what was typed led here
    this.send(`/${command}`);
  }

  /** Puts the command into the text, for those that take words after them. */
  #complete(command) {
    this.field.value = `/${command} `;
    this.close();
  }
}
