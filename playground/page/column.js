/** A column of the stage: the people of one role, and the chat of the one who speaks. */

import { ChatView } from "./chat.js";
import { h, icon } from "./dom.js";
import { languageOf, nameNode } from "./people.js";
import { Switcher } from "./switcher.js";

export class Column {
  #views = new Map(); // chat id -> ChatView, made when first shown
  #unread = new Map(); // chat id -> number
  #speaker = null;

  /**
   * @param {HTMLElement} element the section of the page
   * @param {object} role
   * @param {() => object[]} role.speakers
   * @param {?() => number} role.groupId for a column whose people share one chat
   */
  constructor(element, world, stage, role) {
    this.element = element;
    this.world = world;
    this.stage = stage;
    this.role = role;
    this.who = h("p", { class: "persona-name" });
    this.switcher = new Switcher(`${role.title}: who is speaking`, (user) => this.show(user));
    this.place = h("div", { class: "place" });
    element.append(this.#header(), this.place);
  }

  get current() {
    return this.#views.get(this.#chatId(this.#speaker));
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
    this.#views.get(chatId)?.refreshFoot();
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
      h("div", { class: "persona-words" }, h("h2", {}, this.role.title), this.who),
      this.switcher.element,
      this.role.groupId && this.#anonymity(),
    );
  }

  #introduce(user) {
    const language = languageOf(user);
    this.who.replaceChildren(nameNode(user), language && h("span", { class: "persona-note" }, ` ${language}`));
  }

  #anonymity() {
    const box = h("input", { type: "checkbox", onchange: () => (this.current.isAnonymous = box.checked) });
    return h("label", { class: "anonymity", title: "Speak anonymously" }, box, icon("mask"), h("span", {}, h("span", { class: "visually-hidden" }, "Speak anonymously")));
  }
}
