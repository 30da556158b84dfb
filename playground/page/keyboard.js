/** The buttons under a message. */

import { h, icon, spoken } from "./dom.js";
import { safeUrl } from "./links.js";

/** @returns {?HTMLElement} */
export function keyboard(message, acts) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h(
    "div",
    { class: "keyboard", role: "group", "aria-label": "Buttons of this message" },
    rows.map((row) => h("div", { class: "keyboard-row" }, row.map((button) => key(button, message, acts)))),
  );
}

function key(button, message, acts) {
  if (button.callback_data !== undefined) return callbackKey(button, message, acts);
  if (button.url) return linkKey(button, acts);
  if (button.copy_text) return copyKey(button, acts);
  if (queryOf(button) !== undefined) return cardsKey(button, acts);
  return h(
    "button",
    { ...look(button), type: "button", disabled: true, title: "This kind of button works only in Telegram" },
    label(button),
  );
}

function callbackKey(button, message, acts) {
  const node = h("button", { ...look(button), type: "button", onclick: press }, label(button));
  async function press() {
    node.setAttribute("aria-busy", "true");
    await acts.tap(message, button.callback_data);
    node.removeAttribute("aria-busy");
  }
  return node;
}

function linkKey(button, acts) {
  const url = safeUrl(button.url);
  if (!url) return h("button", { ...look(button), type: "button", disabled: true }, label(button));
  return h(
    "a",
    {
      ...look(button),
      href: url.href,
      target: "_blank",
      rel: "noopener noreferrer",
      title: url.href,
      onclick: (event) => acts.link(url, event),
    },
    label(button),
    icon("out"),
  );
}

function copyKey(button, acts) {
  return h(
    "button",
    { ...look(button), type: "button", onclick: () => acts.copy(button.copy_text.text) },
    label(button),
    spoken(" (copies text)"),
    icon("copy"),
  );
}

function cardsKey(button, acts) {
  return h(
    "button",
    { ...look(button), type: "button", onclick: () => acts.cards(queryOf(button)) },
    label(button),
    icon("out"),
  );
}

/** What the button lets one write after the bot's name; undefined for buttons of other kinds. */
function queryOf(button) {
  return button.switch_inline_query ?? button.switch_inline_query_current_chat;
}

function look(button) {
  return { class: "key", "data-style": button.style };
}

function label(button) {
  return h("span", { class: "key-label", dir: "auto" }, button.text);
}
