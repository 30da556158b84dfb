/** The header of a chat: whom one talks with, what they are doing, what else one can do. */

import { button, h, icon, iconButton } from "./dom.js";
import { avatar, nameNode, nameOf } from "./people.js";
import { counted } from "./times.js";

const DOING = {
  upload_photo: "sending a picture…",
  upload_document: "sending a file…",
  upload_video: "sending a video…",
};

export class ChatHead {
  /** @param {import("./chat.js").ChatView} view */
  constructor(view) {
    this.view = view;
    this.face = h("span", { class: "chat-face" });
    this.name = h("h3", { class: "chat-name" });
    this.status = h("span", { class: "chat-status" });
    this.blocker = iconButton("block", "", () => view.deeds.setBlocked(!this.#isBlocked));
    this.element = h(
      "div",
      { class: "chat-head" },
      this.face,
      h("div", { class: "chat-title" }, this.name, this.status),
      view.isGroup ? this.#anonymity() : [this.#links(), this.blocker],
    );
  }

  /** Writes what may have changed, and leaves the buttons where they are: one may have the focus. */
  refresh() {
    const { world, isGroup, chat } = this.view;
    const shown = isGroup ? chat.chat : world.bot;
    this.face.replaceChildren(avatar(shown));
    this.name.replaceChildren(nameNode(shown));
    this.status.textContent = this.#statusText();
    this.#nameBlocker();
  }

  get #isBlocked() {
    return this.view.world.isBlocked(this.view.speaker.id);
  }

  #statusText() {
    const { world, isGroup, chat } = this.view;
    const doing = chat.typing && (DOING[chat.typing] ?? "typing…");
    if (isGroup) return doing ? `${nameOf(world.bot)} is ${doing}` : counted(chat.members.length, "member");
    return doing || (this.#isBlocked ? "blocked" : "bot");
  }

  #nameBlocker() {
    const label = this.#isBlocked ? "Unblock the bot" : "Block the bot";
    if (this.blocker.title === label) return;
    this.blocker.title = label;
    this.blocker.setAttribute("aria-label", label);
    this.blocker.replaceChildren(icon(this.#isBlocked ? "unblock" : "block"));
  }

  #links() {
    return button("pill", () => this.view.deeds.askForLink(), icon("link"), "Links");
  }

  #anonymity() {
    const box = h("input", {
      type: "checkbox",
      "aria-label": "Speak anonymously",
      onchange: () => (this.view.isAnonymous = box.checked),
    });
    const title = "Speak anonymously, in the name of the group";
    return h("label", { class: "pill", title }, box, icon("mask"), "Anonymous");
  }
}
