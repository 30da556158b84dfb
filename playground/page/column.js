/** A column of the stage: the people of one role, and the chat of the one who speaks. */

import { ChatView } from "./chat.js";
import { h } from "./dom.js";
import { nameNode } from "./people.js";
import { Switcher } from "./switcher.js";

export class Column {
  #views = new Map(); // chat id -> ChatView, made when first shown
  #unread = new Map(); // chat id -> number
  #speaker = null;

  /**
   * @param {HTMLElement} element the section of the page
   * @param {object} role
   * @param {() => object[]} role.speakers
   * @param {(user: object) => string} role.note what to know about the speaker
   * @param {?() => number} role.groupId for a column whose people share one chat
   */
  constructor(element, world, stage, role) {
    this.element = element;
    this.world = world;
    this.stage = stage;
    this.role = role;
    this.who = h("p", { class: "persona-name" });
    this.note = h("span", { class: "persona-note" });
    this.switcher = new Switcher(`${role.title}: who is speaking`, (user) => this.show(user));
    this.place = h("div", { class: "place" });
    element.append(this.#header(), this.place);
  }

  get unread() {
    return [...this.#unread.values()].reduce((sum, each) => sum + each, 0);
  }

  has(user) {
    return this.role.speakers().some(({ id }) => id === user.id);
  }

  /** Takes in a fresh copy of the world. */
  load() {
    const speakers = this.role.speakers();
    this.#speaker = speakers.find(({ id }) => id === this.#speaker?.id) ?? speakers[0];
    this.switcher.show(speakers, this.#speaker);
    for (const view of this.#views.values()) view.refresh();
    this.show(this.#speaker);
    for (const { id } of speakers) this.switcher.count(id, this.#unread.get(id) ?? 0);
  }

  show(user) {
    this.#speaker = user;
    const view = this.#view(user);
    if (view.speaker.id !== user.id) view.speakAs(user);
    if (view.element.parentElement !== this.place) this.place.replaceChildren(view.element);
    this.switcher.mark(user.id);
    this.#introduce(user);
    this.markRead();
    return view;
  }

  markRead() {
    const chatId = this.#chatId(this.#speaker);
    this.#unread.set(chatId, 0);
    this.switcher.count(chatId, 0);
    this.stage.countUnread(this);
  }

  receive(detail) {
    this.#views.get(detail.chatId)?.touch(detail);
    const isOurs = this.role.speakers().some((user) => this.#chatId(user) === detail.chatId);
    if (isOurs && detail.message) this.#count(detail.chatId, detail.message);
  }

  refreshChat(chatId) {
    this.#views.get(chatId)?.refreshFrame();
  }

  #count(chatId, message) {
    const isSeen = chatId === this.#chatId(this.#speaker) && this.stage.isVisible(this);
    if (isSeen || !message.from?.is_bot) return;
    this.#unread.set(chatId, (this.#unread.get(chatId) ?? 0) + 1);
    this.switcher.count(chatId, this.#unread.get(chatId));
    this.stage.countUnread(this);
  }

  #chatId(user) {
    return this.role.groupId?.() ?? user.id;
  }

  #view(user) {
    const chatId = this.#chatId(user);
    if (!this.#views.has(chatId)) this.#views.set(chatId, new ChatView(this.world, this.stage, chatId, user));
    return this.#views.get(chatId);
  }

  #header() {
    return h(
      "header",
      { class: "persona" },
      h(
        "div",
        { class: "persona-words" },
        h("div", { class: "persona-role" }, h("h2", {}, this.role.title), this.note),
        this.who,
      ),
      this.switcher.element,
    );
  }

  #introduce(user) {
    this.who.replaceChildren(nameNode(user));
    this.note.textContent = this.role.note(user);
  }
}
