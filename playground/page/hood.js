/** The panel "Under the hood": clock, faults, calls. */

import { CallList } from "./calls.js";
import { ClockCard } from "./clock.js";
import { Notices } from "./dialog.js";
import { FaultCard } from "./faults.js";

const KEY = "vigil-hood";
const ROOMY = "(min-width: 1500px)";

export class Hood {
  /**
   * @param {HTMLElement} panel
   * @param {HTMLButtonElement} toggle
   */
  constructor(panel, toggle, world) {
    this.panel = panel;
    this.toggle = toggle;
    this.calls = new CallList(world, () => this.isShown);
    this.clock = new ClockCard(world, (work) => this.#attempt(work), () => this.isShown);
    this.notices = new Notices();
    this.faults = new FaultCard(world, (work, done) => this.#attempt(work, done));
    panel.querySelector("[data-hood]").append(this.clock.element, this.faults.element, this.calls.element);
    panel.append(this.notices.element);
    toggle.addEventListener("click", () => this.#remember(!this.isOpen));
    panel.querySelector("[data-close]").addEventListener("click", () => this.#fold());
    this.#show((localStorage.getItem(KEY) ?? String(matchMedia(ROOMY).matches)) === "true");
  }

  get isOpen() {
    return document.body.classList.contains("hood-open");
  }

  get isShown() {
    return this.panel.checkVisibility();
  }

  /** Draws what was left out while the panel was not to be seen. */
  refresh() {
    this.calls.draw();
    this.clock.draw();
  }

  #fold() {
    this.#remember(false);
    this.toggle.focus();
  }

  #remember(open) {
    localStorage.setItem(KEY, String(open));
    this.#show(open);
  }

  #show(open) {
    document.body.classList.toggle("hood-open", open);
    this.toggle.setAttribute("aria-expanded", String(open));
    this.refresh();
  }

  async #attempt(work, done = "") {
    try {
      await work();
      if (done) this.notices.show(done);
    } catch (error) {
      this.notices.show(error.message, "problem");
    }
  }
}
