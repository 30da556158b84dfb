/** Where a person writes: text, commands, an attachment, an answer to one message. */

import { openAttachment } from "./attach.js";
import { CommandMenu } from "./commands.js";
import { button, h, icon, iconButton } from "./dom.js";
import { CardMenu } from "./inline.js";
import { authorOf, summary } from "./message.js";
import { nameNode, nameOf } from "./people.js";
import { RichField } from "./richfield.js";

const PLACEHOLDER = "Message";

export class Composer {
  #replyTo = null;

  /**
   * @param {object} chat
   * @param {() => object} chat.speaker the user who writes
   * @param {() => {command: string, description: string}[]} chat.commands
   * @param {() => object[]} chat.messages oldest first
   * @param {(text: string, options: object, onRefused?: () => void) => void} chat.say
   *   options are reply_to and entities
   * @param {(message: object) => void} chat.forward
   * @param {(command: string) => void} chat.sayCommand
   * @param {(form: FormData) => void} chat.attach
   * @param {object} chat.inline what `CardMenu` needs
   */
  constructor(chat) {
    this.chat = chat;
    this.field = new RichField({
      "data-placeholder": PLACEHOLDER,
      enterkeyhint: "send",
      "aria-keyshortcuts": "Control+ArrowUp Control+B Control+I Control+U Control+K",
    });
    this.menu = new CommandMenu(this.field, chat.commands, chat.sayCommand);
    this.cards = new CardMenu(this.field, chat.inline);
    this.menuButton = iconButton("slash", "Commands", () => this.#toggleMenu());
    this.replyBar = h("div", { class: "reply-bar", hidden: true });
    this.file = h("input", {
      type: "file",
      multiple: true,
      class: "visually-hidden",
      tabindex: "-1",
      "aria-label": "Files to attach",
    });
    this.element = this.#build();
    this.#listen();
    this.rename();
  }

  #build() {
    return h(
      "form",
      { class: "composer" },
      this.menu.element,
      this.cards.element,
      this.replyBar,
      h(
        "div",
        { class: "composer-row" },
        this.menuButton,
        this.field.element,
        this.file,
        iconButton("clip", "Attach photos or files", () => this.file.click()),
        iconButton("send", "Send", null, { type: "submit", class: "send" }),
      ),
    );
  }

  #listen() {
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    const { input } = this.field;
    input.addEventListener("input", () => this.#follow());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("paste", (event) => this.#paste(event));
    this.file.addEventListener("change", () => {
      const files = [...this.file.files];
      this.file.value = "";
      if (files.length) this.#attach(files);
    });
  }

  /** Takes over the name of the person who now writes, and the commands they have. */
  rename() {
    this.field.input.setAttribute("aria-label", `Message as ${nameOf(this.chat.speaker())}`);
    this.menuButton.hidden = this.chat.commands().length === 0;
  }

  /** @param {?string} words what the empty field says, when a bot wishes something of its own */
  invite(words) {
    this.field.input.dataset.placeholder = words ?? PLACEHOLDER;
  }

  replyTo(message) {
    this.#replyTo = message;
    this.replyBar.hidden = !message;
    this.replyBar.replaceChildren(...(message ? this.#replyParts(message) : []));
    if (message) this.field.focus();
  }

  /** Puts words there, as if the person had typed them. */
  begin(text) {
    this.field.focus();
    this.field.value = text;
    this.#follow();
  }

  /** Gives back what could not be sent, unless other words are being written already. */
  restore(nodes) {
    if (!this.field.value) this.field.restore(nodes);
  }

  #attach(files) {
    const reply = this.#replyTo ? { reply_to: this.#replyTo.message_id } : {};
    const send = (form) => {
      this.chat.attach(form);
      this.replyTo(null);
    };
    openAttachment(files, send, reply);
  }

  #replyParts(message) {
    const forward = () => {
      this.chat.forward(message);
      this.replyTo(null);
      this.field.focus();
    };
    const hasContent = message.text || message.photo || message.document;
    const isForwardable = Boolean(hasContent) && !message.has_protected_content;
    return [
      icon("reply"),
      h(
        "div",
        { class: "reply-words" },
        h("span", { class: "quote-name" }, "Reply to ", nameNode(authorOf(message))),
        h("span", { class: "quote-text", dir: "auto" }, summary(message)),
      ),
      isForwardable && button("quiet", forward, "Forward"),
      iconButton("close", "Cancel the reply", () => this.replyTo(null)),
    ].filter(Boolean);
  }

  #send() {
    const { text, entities } = this.field.read();
    if (!text.trim()) return this.field.focus();
    const nodes = this.field.take();
    this.menu.close();
    this.cards.close();
    const reply = this.#replyTo ? { reply_to: this.#replyTo.message_id } : {};
    this.chat.say(text, { entities, ...reply }, () => this.restore(nodes));
    this.replyTo(null);
    this.field.focus();
  }

  #key(event) {
    if (event.isComposing || this.menu.handle(event) || this.cards.handle(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "Escape" && this.#replyTo) {
      this.replyTo(null);
    } else if (event.ctrlKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      this.#chooseReply(event.key === "ArrowUp" ? -1 : 1);
    }
  }

  /** As in Telegram's desktop client: Ctrl+Up answers the message before, Ctrl+Down the one after. */
  #chooseReply(step) {
    const messages = this.chat.messages();
    const chosen = this.#replyTo?.message_id;
    const at = messages.findIndex(({ message_id: id }) => id === chosen);
    this.replyTo(messages[(at < 0 ? messages.length : at) + step] ?? null);
  }

  #follow() {
    const text = this.field.value;
    this.menu.follow(text);
    this.cards.follow(text);
  }

  #toggleMenu() {
    const wasOpen = this.menu.isOpen;
    this.field.focus();
    if (wasOpen) this.menu.close();
    else this.menu.open();
  }

  #paste(event) {
    const files = [...event.clipboardData.files];
    if (!files.length) return;
    event.preventDefault();
    openAttachment(files, this.chat.attach);
  }
}
