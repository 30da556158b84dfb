/** One chat as one person sees it: header, messages, composer. */

import * as api from "./api.js";
import { Composer } from "./composer.js";
import { Notices, openAlert, openPicture } from "./dialog.js";
import { h, iconButton } from "./dom.js";
import { telegramLink } from "./links.js";
import { MessageLog } from "./log.js";
import { avatar, nameNode, nameOf } from "./people.js";
import { openLinkDialog } from "./startlink.js";
import { Welcome } from "./welcome.js";

const DOING = {
  upload_photo: "sending a picture…",
  upload_document: "sending a file…",
  upload_video: "sending a video…",
};

export class ChatView {
  isAnonymous = false;
  #outbox = Promise.resolve();

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
    this.notices = new Notices();
    this.log = new MessageLog(this.#logLabel(), () => this.chat.messages, () => this.#reader());
    this.composer = new Composer(this.#writing());
    this.welcome = new Welcome(this);
    this.element = this.#build();
    this.refresh();
  }

  get chat() {
    return this.world.chat(this.chatId);
  }

  #build() {
    this.head = h("div", { class: "chat-head" });
    this.foot = h("div", { class: "chat-foot" }, this.composer.element, this.#blockedBar());
    return h(
      "div",
      { class: "chat" },
      this.head,
      h("div", { class: "chat-body" }, this.log.element, this.welcome.element, this.log.toEnd, this.notices.element),
      this.foot,
    );
  }

  /** Takes in whatever may have changed: messages, names, menus, blocked or not. */
  refresh() {
    this.log.sync();
    this.refreshHead();
    this.composer.rename();
    this.refreshFoot();
    this.welcome.refresh();
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

  refreshFoot() {
    this.element.classList.toggle("blocked", !this.isGroup && this.world.isBlocked(this.speaker.id));
    this.refreshHead();
  }

  refreshHead() {
    const shown = this.isGroup ? this.chat.chat : this.world.bot;
    const status = h("span", { class: "chat-status" }, this.#status());
    const title = h("h3", { class: "chat-name" }, nameNode(shown));
    this.head.replaceChildren(avatar(shown), h("div", { class: "chat-title" }, title, status), ...this.#tools());
  }

  #status() {
    const { typing, members } = this.chat;
    if (typing) return `${this.isGroup ? `${nameOf(this.world.bot)} is ` : ""}${DOING[typing] ?? "typing…"}`;
    if (this.isGroup) return `${members.length} members`;
    return this.world.isBlocked(this.speaker.id) ? "blocked" : "bot";
  }

  #tools() {
    if (this.isGroup) return [];
    const isBlocked = this.world.isBlocked(this.speaker.id);
    return [
      iconButton("link", "Links: open the bot by a link", () => this.askForLink()),
      isBlocked
        ? iconButton("unblock", "Unblock the bot", () => this.setBlocked(false))
        : iconButton("block", "Block the bot", () => this.setBlocked(true)),
    ];
  }

  #blockedBar() {
    return h(
      "div",
      { class: "blocked-bar" },
      h("span", {}, "The bot is blocked and cannot write here."),
      h("button", { type: "button", class: "primary", onclick: () => this.restart() }, "Unblock and restart"),
    );
  }

  #logLabel() {
    return this.isGroup ? `Messages in ${nameOf(this.chat.chat)}` : `Messages of ${nameOf(this.speaker)} with ${nameOf(this.world.bot)}`;
  }

  #writing() {
    return {
      speaker: () => this.speaker,
      commands: () => this.world.commands(this.chatId, this.speaker.id),
      messages: () => [...this.chat.messages.values()],
      say: (text, options) => this.say(text, options),
      sayCommand: (command) => this.sayCommand(command),
      attach: (form) => this.attach(form),
    };
  }

  #reader() {
    return {
      userId: this.speaker.id,
      inGroup: this.isGroup,
      acts: {
        command: (command) => this.sayCommand(command),
        link: (url, event) => this.#followLink(url, event),
        tap: (message, data) => this.tap(message, data),
        copy: (text) => this.#copy(text),
        reply: (message) => this.composer.replyTo(message),
        find: (id) => this.log.find(id),
        enlarge: openPicture,
      },
    };
  }

  say(text, options = {}) {
    const anonymous = this.isAnonymous ? { anonymous: true } : {};
    const message = { user: this.speaker.id, chat: this.chatId, text, ...options, ...anonymous };
    this.#send(() => api.say(message), () => this.composer.restore(text));
  }

  /** In a group a command names its bot, as Telegram's own menu writes it. */
  sayCommand(command) {
    const isNamed = !this.isGroup || command.includes("@") || !this.world.bot.username;
    this.say(isNamed ? command : `${command}@${this.world.bot.username}`);
  }

  attach(form) {
    form.set("user", this.speaker.id);
    form.set("chat", this.chatId);
    this.#send(() => api.photo(form));
  }

  openStart(payload) {
    if (payload) this.#send(() => api.link(this.speaker.id, payload));
    else this.say("/start");
  }

  askForLink() {
    openLinkDialog(this.speaker, this.world.bot, (payload) => this.openStart(payload));
  }

  setBlocked(blocked) {
    this.#send(() => api.block(this.speaker.id, blocked));
  }

  restart() {
    this.setBlocked(false);
    this.say("/start");
  }

  async tap(message, data) {
    const press = { user: this.speaker.id, chat: this.chatId, message_id: message.message_id, data };
    const sent = await this.#attempt(() => api.tap(press));
    const answer = sent && (await this.stage.taps.answer(sent.callback_query_id));
    if (answer?.url) this.#openAnswer(answer.url);
    if (!answer?.text) return;
    if (answer.show_alert) openAlert(nameOf(this.world.bot), answer.text);
    else this.notices.show(answer.text);
  }

  /** One after the other, so that quick messages arrive in the order they were written. */
  #send(work, onRefused = () => {}) {
    this.log.scrollToEnd();
    this.#outbox = this.#outbox.then(() => this.#attempt(work, onRefused));
  }

  async #attempt(work, onRefused = () => {}) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof api.Refused)) throw error;
      this.notices.show(error.message, "problem");
      onRefused();
      return null;
    }
  }

  #followLink(url, event) {
    const meaning = telegramLink(url, this.world.bot);
    if (!meaning) return;
    event.preventDefault();
    if (meaning.kind === "start") this.stage.openStart(this.speaker, meaning.payload);
    else if (meaning.kind === "share") this.stage.share(this.speaker, meaning);
    else this.notices.show("This link leads to somebody in Telegram, who is not part of the rehearsal.");
  }

  #openAnswer(address) {
    if (!URL.canParse(address)) return;
    const meaning = telegramLink(new URL(address), this.world.bot);
    if (meaning?.kind === "start") this.stage.openStart(this.speaker, meaning.payload);
  }

  async #copy(text) {
    await navigator.clipboard.writeText(text);
    this.notices.show("Copied");
  }
}
