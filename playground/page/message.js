/** One message as a bubble: who, what it answers, picture, text, time, buttons. */

import { h, iconButton, spoken } from "./dom.js";
import { formatted } from "./entities.js";
import { keyboard } from "./keyboard.js";
import { media } from "./media.js";
import { avatar, nameNode, nameOf } from "./people.js";
import { serviceText } from "./service.js";
import { minuteOfDay } from "./times.js";

/**
 * @typedef {object} Reader for whom messages are drawn, and what this person can do with them
 * @property {number} userId whose messages stand on the right
 * @property {boolean} inGroup
 * @property {import("./entities.js").Acts & object} acts command, link, tap, copy, cards, reply, find, enlarge
 */

/** Who a message is from, as its readers see it: an anonymous admin appears as the group. */
export function authorOf(message) {
  return message.sender_chat ?? message.from ?? message.chat;
}

/** @param {Reader} reader */
export function messageNode(message, reader) {
  const service = serviceText(message);
  if (service) return serviceNode(message, service);
  const isOut = message.from?.id === reader.userId;
  const author = authorOf(message);
  const keys = keyboard(message, reader.acts);
  return h(
    "article",
    {
      class: `message ${isOut ? "out" : "in"} ${keys ? "with-keys" : ""}`,
      "data-message-id": message.message_id,
      "data-author": author.id,
    },
    reader.inGroup && !isOut && avatar(author),
    h("div", { class: "stack" }, bubble(message, reader, author, isOut), keys),
    iconButton("reply", `Reply to ${nameOf(author)}`, () => reader.acts.reply(message), {
      class: "icon-button reply-button",
      tabindex: "-1", // by keyboard: Ctrl+Up in the composer
    }),
  );
}

function serviceNode(message, text) {
  const id = message.message_id;
  return h("article", { class: "service", "data-message-id": id }, h("span", { dir: "auto" }, text));
}

function bubble(message, reader, author, isOut) {
  const picture = media(message, reader.acts);
  const text = message.text ?? message.caption ?? "";
  const parts = [
    speaker(message, reader, author, isOut),
    forwardNote(message),
    viaNote(message),
    quote(message, reader.acts),
    !message.show_caption_above_media && picture,
    words(message, text, reader.acts),
    message.show_caption_above_media && picture,
  ];
  const isBare = Boolean(message.photo) && !text;
  return h("div", { class: isBare ? "bubble bare" : "bubble" }, parts);
}

function speaker(message, reader, author, isOut) {
  if (isOut) return spoken("You: ");
  if (!reader.inGroup) return spoken(`${nameOf(author)}: `);
  const hue = author.is_bot ? "bot" : String(Math.abs(author.id) % 7);
  const role = message.sender_chat ? "anonymous admin" : "";
  return h("div", { class: "author", "data-hue": hue }, nameNode(author), h("small", {}, role));
}

function forwardNote(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const from = origin.sender_user ?? origin.sender_chat ?? origin.chat;
  const name = from ? nameNode(from) : h("bdi", { dir: "auto" }, origin.sender_user_name ?? "someone");
  return h("div", { class: "forwarded" }, "Forwarded from ", name);
}

function viaNote(message) {
  if (!message.via_bot) return null;
  return h("div", { class: "forwarded" }, "via ", h("bdi", { dir: "ltr" }, `@${message.via_bot.username}`));
}

function quote(message, acts) {
  const original = message.reply_to_message;
  if (!original) return null;
  return h(
    "button",
    { type: "button", class: "quote", onclick: () => acts.find(original.message_id) },
    h("span", { class: "quote-name" }, nameNode(authorOf(original))),
    h("span", { class: "quote-text", dir: "auto" }, summary(original)),
  );
}

/** A message in a few words, for quotes and the reply bar. */
export function summary(message) {
  const text = message.text ?? message.caption ?? (message.photo ? "Picture" : message.document?.file_name);
  return (text ?? "Message").slice(0, 120);
}

/** The time floats after the last word, on the side where lines of this script end. */
function words(message, text, acts) {
  return h(
    "div",
    { class: "text", dir: "auto" },
    formatted(text, message.entities ?? message.caption_entities, acts),
    stamp(message),
  );
}

function stamp(message) {
  const at = new Date(message.date * 1000);
  return h(
    "span",
    { class: "stamp" },
    h(
      "bdi",
      { dir: "ltr" },
      message.has_protected_content && h("span", { title: "Cannot be forwarded or saved" }, "protected "),
      message.edit_date && "edited ",
      h("time", { datetime: at.toISOString() }, minuteOfDay.format(at)),
    ),
  );
}
