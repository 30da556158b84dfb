/** Where a person writes: text, commands, an attachment, an answer to one message. */

import { openAttachment } from "./attach.js";
import { CommandMenu } from "./commands.js";
import { button, h, icon, iconButton } from "./dom.js";
import { authorOf, summary } from "./message.js";
import { nameNode, nameOf } from "./people.js";

const TALLEST = 160; // pixels

export class Composer {
  #replyTo = null;

  /**
   * @param {object} chat
   * @param {() => object} chat.speaker the user who writes
   * @param {() => {command: string, description: string}[]} chat.commands
   * @param {() => object[]} chat.messages oldest first
   * @param {(text: string, options: {reply_to?: number, forwarded?: boolean}) => void} chat.say
   * @param {(command: string) => void} chat.sayCommand
   * @param {(form: FormData) => void} chat.attach
   */
  constructor(chat) {
    this.chat = chat;
    this.field = h("textarea", {
      rows: "1",
      dir: "auto",
      placeholder: "Message",
      enterkeyhint: "send",
      "aria-keyshortcuts": "Control+ArrowUp",
    });
    this.menu = new CommandMenu(this.field, chat.commands, chat.sayCommand);
    this.menuButton = iconButton("slash", "Commands", () => this.#toggleMenu());
    this.replyBar = h("div", { class: "reply-bar", hidden: true });
    this.file = h("input", {
      type: "file",
      class: "visually-hidden",
      tabindex: "-1",
      "aria-label": "File to attach",
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
      this.replyBar,
      h(
        "div",
        { class: "composer-row" },
        this.menuButton,
        this.field,
        this.file,
        iconButton("clip", "Attach a photo or file", () => this.file.click()),
        iconButton("send", "Send", null, { type: "submit", class: "send" }),
      ),
    );
  }

  #listen() {
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.field.addEventListener("input", () => {
      this.menu.follow(this.field.value);
      this.#fit();
    });
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("paste", (event) => this.#paste(event));
    this.file.addEventListener("change", () => {
      if (this.file.files[0]) openAttachment(this.file.files[0], this.chat.attach);
      this.file.value = "";
    });
  }

  /** Takes over the name of the person who now writes, and the commands they have. */
  rename() {
    this.field.setAttribute("aria-label", `Message as ${nameOf(this.chat.speaker())}`);
    this.menuButton.hidden = this.chat.commands().length === 0;
  }

  replyTo(message) {
    this.#replyTo = message;
    this.replyBar.hidden = !message;
    this.replyBar.replaceChildren(...(message ? this.#replyParts(message) : []));
    if (message) this.field.focus();
  }

  /** Gives back words that could not be sent, unless others are being written already. */
  restore(text) {
    if (this.field.value) return;
    this.field.value = text;
    this.#fit();
  }

  #replyParts(message) {
    const forward = () => {
      this.chat.say(message.text ?? message.caption ?? "", { forwarded: true });
      this.replyTo(null);
      this.field.focus();
    };
    const isForwardable = Boolean(message.text) && !message.has_protected_content;
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
    const text = this.field.value;
    if (!text.trim()) return this.field.focus();
    this.field.value = "";
    this.menu.close();
    this.#fit();
    this.chat.say(text, this.#replyTo ? { reply_to: this.#replyTo.message_id } : {});
    this.replyTo(null);
    this.field.focus();
  }

  #key(event) {
    if (event.isComposing || this.menu.handle(event)) return;
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

  #toggleMenu() {
    const wasOpen = this.menu.isOpen;
    this.field.focus();
    if (wasOpen) this.menu.close();
    else this.menu.open();
  }

  #paste(event) {
    const file = [...event.clipboardData.files][0];
    if (!file) return;
    event.preventDefault();
    openAttachment(file, this.chat.attach);
  }

  #fit() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
  }
}
