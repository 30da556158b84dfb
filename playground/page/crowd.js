/** The simulated crowd in a few numbers. */

import { h } from "./dom.js";

const number = new Intl.NumberFormat("en");

export class CrowdPanel {
  /** @param {HTMLElement} element stays hidden while there is no crowd */
  constructor(element, world) {
    this.element = element;
    this.world = world;
    for (const type of ["loaded", "crowd"]) world.addEventListener(type, () => this.#draw());
  }

  #draw() {
    const { people, ...counts } = this.world.crowd;
    this.element.hidden = people === 0;
    this.element.replaceChildren(
      h("span", {}, "Crowd: ", strong(people), " people"),
      ...["received", "tapped", "stopped", "blocked"].map((what) =>
        h("span", {}, `${what} `, strong(counts[what])),
      ),
    );
  }
}

function strong(count) {
  return h("b", {}, number.format(count));
}
