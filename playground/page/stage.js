/** The three chats side by side, and what leads from one into another. */

import { Answers } from "./answers.js";
import { Column } from "./column.js";
import { languageOf } from "./people.js";
import { openShareDialog } from "./startlink.js";

export class Stage {
  #columns;

  /**
   * @param {import("./world.js").World} world
   * @param {import("./tabs.js").Tabs} tabs
   */
  constructor(world, tabs) {
    this.world = world;
    this.tabs = tabs;
    this.taps = new Answers(world, "popup", "callback_query_id");
    this.cards = new Answers(world, "inline", "inline_query_id");
    this.#columns = this.#makeColumns();
    tabs.onChange = () => this.#markRead();
    this.#listen();
  }

  #makeColumns() {
    return {
      supporter: this.#column("supporter", {
        title: "Supporter",
        speakers: () => this.world.cast.supporters,
        note: languageOf,
      }),
      organiser: this.#column("organiser", {
        title: "Organiser",
        speakers: () => [this.world.cast.organiser, ...this.world.cast.admins],
        note: (user) => (user.id === this.world.cast.organiser.id ? languageOf(user) : "an admin in private"),
      }),
      group: this.#column("group", {
        title: "Admin group",
        speakers: () => this.world.cast.admins,
        note: languageOf,
        groupId: () => this.world.cast.admin_chat.id,
      }),
    };
  }

  #column(name, role) {
    return new Column(document.querySelector(`[data-chat="${name}"]`), this.world, this, role);
  }

  #listen() {
    const columns = Object.values(this.#columns);
    const hear = (type, work) => {
      this.world.addEventListener(type, ({ detail }) => columns.forEach((column) => work(column, detail)));
    };
    hear("loaded", (column) => column.load());
    hear("changed", (column, detail) => column.receive(detail));
    hear("typing", (column, { chatId }) => column.refreshChat(chatId));
    hear("keyboard", (column, { chatId }) => column.refreshChat(chatId));
    hear("person", (column, { userId }) => column.refreshChat(userId));
  }

  isSupporter(user) {
    return this.#columns.supporter.has(user);
  }

  isVisible(column) {
    return this.tabs.isVisible(column.element.dataset.chat);
  }

  countUnread(column) {
    this.tabs.count(column.element.dataset.chat, column.unread);
  }

  /** Opens the bot's private chat with this person, wherever the link stood, and sends the start. */
  openStart(user, payload) {
    const name = this.isSupporter(user) ? "supporter" : "organiser";
    this.tabs.choose(name);
    this.#columns[name].show(user).deeds.openStart(payload);
  }

  share(speaker, shared) {
    const others = this.world.cast.supporters.filter(({ id }) => id !== speaker.id);
    openShareDialog(shared, this.world.bot, others, (user, payload) => this.openStart(user, payload));
  }

  #markRead() {
    for (const column of Object.values(this.#columns)) if (this.isVisible(column)) column.markRead();
  }
}
