/** On a narrow screen one part of the page shows at a time; these buttons say which. */

import { writeBadge } from "./switcher.js";

const NARROW = matchMedia("(max-width: 899px)");

export class Tabs {
  onChange = () => {};
  #buttons = new Map([...document.querySelectorAll("[data-tab]")].map((each) => [each.dataset.tab, each]));

  constructor() {
    for (const [name, button] of this.#buttons) button.addEventListener("click", () => this.choose(name));
    NARROW.addEventListener("change", () => this.onChange());
    this.choose("supporter");
  }

  isVisible(name) {
    return !NARROW.matches || document.body.dataset.view === name;
  }

  choose(name) {
    document.body.dataset.view = name;
    for (const [each, button] of this.#buttons) {
      if (each === name) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    this.onChange();
  }

  count(name, unread) {
    writeBadge(this.#buttons.get(name).querySelector(".badge"), unread);
  }
}
