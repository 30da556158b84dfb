/** One chat as one person sees it: header, messages, composer. */

import { Composer } from "./composer.js";
import { Deeds } from "./deeds.js";
import { Notices, openPicture } from "./dialog.js";
import { button, h } from "./dom.js";
import { ChatHead } from "./head.js";
import { MessageLog } from "./log.js";
import { nameOf } from "./people.js";
import { ReplyKeys } from "./replykeys.js";
import { Welcome } from "./welcome.js";

export class ChatView {
  isAnonymous = false;

  /**
   * @param {import("./world.js").World} world
   * @param {import("./stage.js").Stage} stage opens links, which may lead into another chat
   */
  constructor(world, stage, chatId, speaker) {
    this.world = world;
    this.stage = stage;
    this.chatId = chatId;
    this.speaker = speaker;
    this.isGroup = chatId !== speaker.id;
    this.deeds = new Deeds(this);
    this.notices = new Notices();
    this.log = new MessageLog(this.#logLabel(), () => this.chat.messages, () => this.#reader());
    this.composer = new Composer(this.#writing());
    this.replyKeys = new ReplyKeys(this);
    this.welcome = new Welcome(this);
    this.head = new ChatHead(this);
    this.element = this.#build();
    this.refresh();
  }

  get chat() {
    return this.world.chat(this.chatId);
  }

  /** Takes in whatever may have changed: messages, names, menus, blocked or not. */
  refresh() {
    this.log.sync();
    this.refreshFrame();
    this.composer.rename();
    this.welcome.refresh();
  }

  /** The parts around the messages. */
  refreshFrame() {
    this.head.refresh();
    this.replyKeys.refresh();
    this.element.classList.toggle("blocked", !this.isGroup && this.world.isBlocked(this.speaker.id));
  }

  touch({ ids, message }) {
    this.log.touch(ids, message !== null && message.from?.id !== this.speaker.id);
    this.welcome.refresh();
  }

  speakAs(user) {
    this.speaker = user;
    this.composer.rename();
    this.log.redraw();
    this.welcome.refresh();
  }

  #build() {
    return h(
      "div",
      { class: "chat" },
      this.head.element,
      h(
        "div",
        { class: "chat-body" },
        button("skip primary", () => this.composer.field.focus(), "Skip the messages"),
        this.log.element,
        this.welcome.element,
        this.log.toEnd,
        this.notices.element,
      ),
      h("div", { class: "chat-foot" }, this.composer.element, this.replyKeys.element, this.#blockedBar()),
    );
  }

  #blockedBar() {
    return h(
      "div",
      { class: "blocked-bar" },
      h("span", {}, "The bot cannot write here."),
      button("primary", () => this.deeds.restart(), "Unblock and restart"),
    );
  }

  #logLabel() {
    if (this.isGroup) return `Messages in ${nameOf(this.chat.chat)}`;
    return `Messages of ${nameOf(this.speaker)} with ${nameOf(this.world.bot)}`;
  }

  #writing() {
    return {
      speaker: () => this.speaker,
      commands: () => this.world.commands(this.chatId, this.speaker.id),
      messages: () => [...this.chat.messages.values()],
      say: (text, options, onRefused) => this.deeds.say(text, options, onRefused),
      sayCommand: (command) => this.deeds.sayCommand(command),
      forward: (message) => this.deeds.forward(message),
      attach: (form) => this.deeds.attach(form),
      inline: {
        bot: () => this.world.bot,
        ask: (query) => this.deeds.askInline(query),
        choose: (queryId, resultId) => this.deeds.chooseCard(queryId, resultId),
        start: (payload) => this.stage.openStart(this.speaker, payload),
      },
    };
  }

  #reader() {
    const { deeds, composer, log } = this;
    return {
      userId: this.speaker.id,
      inGroup: this.isGroup,
      acts: {
        command: (command) => deeds.sayCommand(command),
        link: (url, event) => deeds.followLink(url, event),
        tap: (message, data) => deeds.tap(message, data),
        copy: (text) => deeds.copy(text),
        cards: (query) => deeds.offerCards(query),
        reply: (message) => composer.replyTo(message),
        find: (id) => log.find(id),
        enlarge: openPicture,
      },
    };
  }
}
