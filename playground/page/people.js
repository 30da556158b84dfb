/** How people, the bot and groups are shown: names, initials, colours. */

import { h, icon } from "./dom.js";

const HUES = 7;
const languages = new Intl.DisplayNames("en", { type: "language" });

/** The name of a user or of a chat, as Telegram's clients put it together. */
export function nameOf(someone) {
  if (someone.title) return someone.title;
  return [someone.first_name, someone.last_name].filter(Boolean).join(" ") || "Someone";
}

/** A name that keeps its own direction inside a sentence of another one. */
export function nameNode(someone) {
  return h("bdi", { dir: "auto" }, nameOf(someone));
}

export function languageOf(user) {
  return user.language_code ? languages.of(user.language_code) : "";
}

/** A round picture with initials; the bot carries its candle instead. */
export function avatar(someone) {
  const shape = someone.is_bot && !someone.title ? icon("candle") : initials(nameOf(someone));
  const hue = someone.is_bot ? "bot" : String(Math.abs(someone.id) % HUES);
  return h("span", { class: "avatar", "data-hue": hue, "aria-hidden": "true" }, shape);
}

/** The first letter of the first and the last word; signs such as < or * are no letters. */
function initials(name) {
  const words = name.split(/\s+/u).map((word) => word.match(/\p{L}/u)?.[0]).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  // Arabic letters join into a word, which reads oddly in a circle: one is enough.
  return (/\p{Script=Arabic}/u.test(name) ? letters.slice(0, 1) : letters).join("").toUpperCase();
}
