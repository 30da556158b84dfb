/** Pictures and files inside a bubble. */

import { fileAddress } from "./api.js";
import { button, h, icon, spoken } from "./dom.js";

const OTHER_KINDS = [
  "animation", "audio", "video", "video_note", "voice", "sticker",
  "contact", "location", "venue", "poll", "dice", "game", "invoice", "story",
];

/** @returns {?HTMLElement} null for a message that is only text */
export function media(message, acts) {
  if (message.photo?.length) return picture(message, acts);
  if (message.document) return file(message.document);
  const kind = OTHER_KINDS.find((each) => message[each]);
  return kind ? h("div", { class: "unshown" }, `(${kind.replaceAll("_", " ")}: not shown here)`) : null;
}

function picture(message, acts) {
  const largest = message.photo.reduce((a, b) => (a.width * a.height >= b.width * b.height ? a : b));
  const address = fileAddress(largest.file_id);
  const alt = message.caption ? message.caption.slice(0, 100) : "Picture";
  const image = h("img", {
    src: address,
    alt,
    // Known before the picture arrives, so that nothing jumps when it does.
    width: largest.width,
    height: largest.height,
    decoding: "async",
  });
  if (message.has_media_spoiler) return veiled(image);
  const whole = button("picture", () => acts.enlarge(address, alt), image);
  whole.setAttribute("aria-label", `Enlarge: ${alt}`);
  return whole;
}

function veiled(image) {
  const cover = button(
    "picture veiled",
    () => cover.replaceWith(h("span", { class: "picture" }, image)),
    image,
    h("span", { class: "veil" }, "Tap to show"),
  );
  cover.setAttribute("aria-label", "Show the hidden picture");
  return cover;
}

function file(document) {
  const name = document.file_name ?? "file";
  return h(
    "a",
    { class: "file", href: fileAddress(document.file_id), download: name },
    h("span", { class: "file-icon" }, icon("download")),
    h(
      "span",
      { class: "file-words" },
      h("bdi", { class: "file-name", dir: "auto" }, name),
      h("small", {}, sizeOf(document.file_size), spoken(", download")),
    ),
  );
}

function sizeOf(bytes) {
  if (bytes === undefined) return "Download";
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
