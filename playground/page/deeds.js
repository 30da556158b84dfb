/** What a person does in a chat; each deed goes to the playground, and a refusal becomes a notice. */

import * as api from "./api.js";
import { openAlert } from "./dialog.js";
import { safeUrl, telegramLink } from "./links.js";
import { nameOf } from "./people.js";
import { openLinkDialog } from "./startlink.js";

export class Deeds {
  #outbox = Promise.resolve();

  /** @param {import("./chat.js").ChatView} view */
  constructor(view) {
    this.view = view;
  }

  say(text, options = {}, onRefused = () => {}) {
    const { speaker, chatId, isAnonymous } = this.view;
    const anonymous = isAnonymous ? { anonymous: true } : {};
    const message = { user: speaker.id, chat: chatId, text, ...options, ...anonymous };
    this.#send(() => api.say(message), onRefused);
  }

  /** In a group a command names its bot, as Telegram's own menu writes it. */
  sayCommand(command) {
    const { username } = this.view.world.bot;
    const isNamed = !this.view.isGroup || command.includes("@") || !username;
    this.say(isNamed ? command : `${command}@${username}`);
  }

  forward(message) {
    const { speaker, chatId } = this.view;
    this.#send(() => api.forward({ user: speaker.id, chat: chatId, message_id: message.message_id }));
  }

  attach(form) {
    form.set("user", this.view.speaker.id);
    form.set("chat", this.view.chatId);
    this.#send(() => api.photo(form));
  }

  shareUsers(requestId, users) {
    this.#send(() => api.shareUsers(this.view.speaker.id, requestId, users));
  }

  openStart(payload) {
    if (payload) this.#send(() => api.link(this.view.speaker.id, payload));
    else this.say("/start");
  }

  askForLink() {
    openLinkDialog(this.view.speaker, this.view.world.bot, (payload) => this.openStart(payload));
  }

  setBlocked(blocked) {
    this.#send(() => api.block(this.view.speaker.id, blocked));
  }

  restart() {
    this.view.log.focus();
    this.setBlocked(false);
    this.say("/start");
  }

  /** Resolves once the bot has answered, or will not any more. */
  async tap(message, data) {
    const { speaker, chatId, stage } = this.view;
    const press = { user: speaker.id, chat: chatId, message_id: message.message_id, data };
    const sent = await this.#attempt(() => api.tap(press));
    const answer = sent && (await stage.taps.of(sent.callback_query_id));
    if (answer) this.#showAnswer(answer);
  }

  /** Resolves with the cards that the bot offers for these words. */
  async askInline(query) {
    const { speaker, chatId, stage } = this.view;
    const question = { user: speaker.id, chat: chatId, query };
    const sent = await this.#attempt(() => api.inline(question));
    return sent && (await stage.cards.of(sent.inline_query_id));
  }

  chooseCard(queryId, resultId) {
    const choice = { user: this.view.speaker.id, inline_query_id: queryId, result_id: resultId };
    this.#send(() => api.choose(choice));
  }

  /** In Telegram one chooses a chat first; the words then stand there, and cards above them. */
  offerCards(query) {
    const { world, composer, notices } = this.view;
    notices.show("In Telegram you would now choose a chat. Here the card is for this one.");
    composer.begin(`@${world.bot.username} ${query}`);
  }

  followLink(url, event) {
    const meaning = telegramLink(url, this.view.world.bot);
    if (!meaning) return;
    event.preventDefault();
    this.#openInside(meaning);
  }

  async copy(text) {
    await navigator.clipboard.writeText(text);
    this.view.notices.show("Copied");
  }

  #showAnswer({ text, show_alert: isAlert, url }) {
    const link = url && safeUrl(url);
    const meaning = link && telegramLink(link, this.view.world.bot);
    if (meaning) this.#openInside(meaning);
    if (!text) return;
    if (isAlert) openAlert(nameOf(this.view.world.bot), text);
    else this.view.notices.show(text);
  }

  #openInside(meaning) {
    const { stage, speaker, notices } = this.view;
    if (meaning.kind === "start") stage.openStart(speaker, meaning.payload);
    else if (meaning.kind === "share") stage.share(speaker, meaning);
    else notices.show("This link leads to somebody in Telegram, who is not part of the rehearsal.");
  }

  /** One after the other, so that quick messages arrive in the order they were written. */
  #send(work, onRefused) {
    this.view.log.scrollToEnd();
    this.#outbox = this.#outbox.then(() => this.#attempt(work, onRefused));
  }

  async #attempt(work, onRefused = () => {}) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof api.Refused)) throw error;
      this.view.notices.show(error.message, "problem");
      onRefused();
      return null;
    }
  }
}
