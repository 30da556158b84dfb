/** Turns text and entities (offsets in UTF-16 units, as in JavaScript) into nodes. */

import { h } from "./dom.js";
import { safeUrl } from "./links.js";

/**
 * @typedef {object} Acts what a person can do with a piece of text
 * @property {(command: string) => void} command
 * @property {(url: URL, event: Event) => void} link
 */

/** @param {Acts} acts */
export function formatted(text, entities, acts) {
  // Outer entities first; two that cover the same text keep the order Telegram gave them.
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fill(fragment, text, sorted, 0, text.length, acts);
  return fragment;
}

/** Takes from `entities` those that begin before `to`, so that nested ones are met only once. */
function fill(parent, text, entities, from, to, acts) {
  let at = from;
  while (entities.length && entities[0].offset < to) {
    const entity = entities.shift();
    const begin = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= begin) continue;
    const make = MAKERS[entity.type] ?? plain;
    const isBlock = BLOCKS.has(entity.type);
    parent.append(text.slice(at, isBlock ? withoutBreak(text, at, begin) : begin));
    const element = make(text.slice(begin, end), entity, acts);
    fill(element.querySelector("[data-inner]") ?? element, text, entities, begin, end, acts);
    parent.append(element);
    at = isBlock && text[end] === "\n" ? end + 1 : end;
  }
  parent.append(text.slice(at, to));
}

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/** A block begins on its own line anyway: the break before it would show as an empty line. */
function withoutBreak(text, from, begin) {
  return begin > from && text[begin - 1] === "\n" ? begin - 1 : begin;
}

const plain = () => h("span");

const MAKERS = {
  bold: () => h("strong"),
  italic: () => h("em"),
  underline: () => h("u"),
  strikethrough: () => h("s"),
  code: () => h("code", { dir: "auto" }),
  pre: (_, entity) => h("pre", { "data-language": entity.language, dir: "auto" }),
  blockquote: () => h("blockquote", { dir: "auto" }),
  expandable_blockquote: expandable,
  spoiler,
  bot_command: (text, _, acts) =>
    h("button", { type: "button", class: "command", dir: "auto", onclick: () => acts.command(text) }),
  url: (text, _, acts) => link(text, acts),
  text_link: (_, entity, acts) => link(entity.url, acts),
  email: (text, _, acts) => link(`mailto:${text}`, acts),
  mention: (text, _, acts) => link(`https://t.me/${text.slice(1)}`, acts),
  text_mention: () => h("span", { class: "mention" }),
  hashtag: () => h("span", { class: "mention" }),
  cashtag: () => h("span", { class: "mention" }),
  phone_number: () => h("span", { class: "mention" }),
};

function link(address, acts) {
  const url = safeUrl(address);
  if (!url) return plain();
  return h("a", {
    href: url.href,
    dir: "auto",
    target: "_blank",
    rel: "noopener noreferrer",
    title: url.href,
    onclick: (event) => acts.link(url, event),
  });
}

/** A span in a button's role: a real button could not break over two lines. */
function spoiler() {
  const inner = h("span", { "data-inner": true, inert: true });
  const asButton = { role: "button", tabindex: "0", "aria-label": "Show hidden text" };
  const whole = h("span", { class: "spoiler", ...asButton }, inner);
  whole.addEventListener("click", () => reveal(whole, inner));
  whole.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    reveal(whole, inner);
  });
  return whole;
}

function reveal(whole, inner) {
  inner.inert = false;
  whole.classList.add("revealed");
  for (const name of ["role", "tabindex", "aria-label"]) whole.removeAttribute(name);
}

function expandable() {
  const inner = h("span", { "data-inner": true });
  const toggle = h("button", { type: "button", class: "quote-toggle", "aria-expanded": "false" }, "Show all");
  const quote = h("blockquote", { class: "folded", dir: "auto" }, inner, toggle);
  toggle.addEventListener("click", () => {
    const isFolded = quote.classList.toggle("folded");
    toggle.setAttribute("aria-expanded", String(!isFolded));
    toggle.textContent = isFolded ? "Show all" : "Show less";
  });
  return quote;
}
