/** The row of faces above a chat: who is speaking. Radio buttons, so arrow keys work by themselves. */

import { freshId, h, spoken } from "./dom.js";
import { avatar, languageOf, nameOf } from "./people.js";

export class Switcher {
  #name = freshId("speaker");
  #faces = new Map();

  /** @param {(user: object) => void} choose */
  constructor(legend, choose) {
    this.choose = choose;
    this.row = h("div", { class: "faces" });
    const title = h("legend", { class: "visually-hidden" }, legend);
    this.element = h("fieldset", { class: "switcher" }, title, this.row);
  }

  show(users, chosen) {
    this.#faces = new Map(users.map((user) => [user.id, this.#face(user, user.id === chosen.id)]));
    this.row.replaceChildren(...[...this.#faces.values()].map(({ label }) => label));
    this.element.hidden = users.length < 2;
  }

  mark(userId) {
    const face = this.#faces.get(userId);
    if (!face) return;
    face.radio.checked = true;
    face.label.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  count(userId, unread) {
    const badge = this.#faces.get(userId)?.badge;
    if (badge) writeBadge(badge, unread);
  }

  #face(user, checked) {
    const language = languageOf(user);
    const words = language ? `${nameOf(user)} (${language})` : nameOf(user);
    const onchange = () => this.choose(user);
    const radio = h("input", { type: "radio", name: this.#name, checked, onchange, "aria-label": words });
    const badge = h("span", { class: "badge", hidden: true });
    const label = h("label", { class: "face", title: words }, radio, avatar(user), badge);
    return { label, radio, badge };
  }
}

/** A number of unread messages, spoken as such; nothing when there are none. */
export function writeBadge(badge, unread) {
  badge.hidden = unread === 0;
  badge.replaceChildren(unread > 99 ? "99+" : String(unread), spoken(" unread"));
}
