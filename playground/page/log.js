/** The list of messages: grows at its end, stays there unless the reader has scrolled up. */

import { button, h, icon, oncePerFrame } from "./dom.js";
import { messageNode } from "./message.js";
import { counted, wholeDay } from "./times.js";

const NEAR_THE_END = 48; // pixels
const PER_FRAME = 25; // messages, so that a crowd of them does not hold up typing

export class MessageLog {
  #nodes = new Map(); // message id -> {node, source}: source tells whether it must be drawn again
  #dirty = new Set();
  #isAtEnd = true;
  #extent = ""; // of content and window, when last looked at
  #unseen = 0;
  #lastDay = "";

  /**
   * @param {() => Map<number, object>} messages the messages as they are now, by id
   * @param {() => import("./message.js").Reader} reader
   */
  constructor(label, messages, reader) {
    this.messages = messages;
    this.reader = reader;
    this.list = h("div", { class: "messages" });
    this.element = h("div", { class: "log", role: "log", tabindex: "0", "aria-label": label }, this.list);
    this.toEnd = button("to-end", () => this.scrollToEnd());
    this.toEnd.hidden = true;
    this.element.addEventListener("scroll", () => this.#noteScroll(), { passive: true });
    // Pictures that load and a keyboard on a phone change heights without any new message.
    const watcher = new ResizeObserver(() => this.keepPlace());
    watcher.observe(this.element);
    watcher.observe(this.list);
    this.flush = oncePerFrame(() => this.#flush());
  }

  get isEmpty() {
    return this.#nodes.size === 0;
  }

  /** Draws again what differs from `messages()`; without a difference nothing is touched. */
  sync() {
    const ids = [...this.messages().keys()].sort((a, b) => a - b);
    const shown = [...this.#nodes.keys()];
    const isSame = ids.length === shown.length && ids.every((id, index) => id === shown[index]);
    if (isSame) {
      for (const id of ids) this.#redraw(id);
    } else {
      this.#rebuild(ids);
    }
    this.keepPlace();
  }

  /** Draws everything anew, for another reader. */
  redraw() {
    this.#nodes.clear();
    this.#rebuild([...this.messages().keys()].sort((a, b) => a - b));
    this.scrollToEnd();
  }

  focus() {
    this.element.focus({ preventScroll: true });
  }

  touch(ids, isNewFromOthers) {
    for (const id of ids) this.#dirty.add(id);
    if (isNewFromOthers && !this.#isAtEnd) this.#unseen += 1;
    this.flush();
  }

  keepPlace() {
    if (this.#isAtEnd) this.element.scrollTop = this.element.scrollHeight;
    this.#extent = extentOf(this.element);
    this.#offerEnd();
  }

  scrollToEnd() {
    this.#isAtEnd = true;
    this.#unseen = 0;
    this.keepPlace();
  }

  /** Brings one message into view and lets it glow for a moment. */
  find(id) {
    const node = this.#nodes.get(id)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.classList.add("found");
    node.addEventListener("animationend", () => node.classList.remove("found"), { once: true });
  }

  #flush() {
    const ids = [...this.#dirty].sort((a, b) => a - b).slice(0, PER_FRAME);
    for (const id of ids) this.#dirty.delete(id);
    const last = [...this.#nodes.keys()].at(-1) ?? -Infinity;
    const isOutOfOrder = ids.some((id) => id < last && !this.#nodes.has(id) && this.messages().has(id));
    if (isOutOfOrder) return this.sync();
    for (const id of ids) this.#redraw(id);
    this.keepPlace();
    if (this.#dirty.size) this.flush();
  }

  #redraw(id) {
    const message = this.messages().get(id);
    const known = this.#nodes.get(id);
    if (!message) return this.#drop(id);
    const source = JSON.stringify(message);
    if (known?.source === source) return;
    const node = messageNode(message, this.reader());
    if (known) replaceKeepingFocus(known.node, node);
    else this.#append(message, node);
    this.#nodes.set(id, { node, source });
  }

  #append(message, node) {
    const day = wholeDay.format(new Date(message.date * 1000));
    if (day !== this.#lastDay) this.list.append(h("div", { class: "day" }, h("span", {}, day)));
    this.#lastDay = day;
    this.list.append(node);
  }

  #drop(id) {
    const node = this.#nodes.get(id)?.node;
    if (!node) return;
    this.#nodes.delete(id);
    const before = node.previousElementSibling;
    const isDayEmpty = before?.matches(".day") && (node.nextElementSibling?.matches(".day") ?? true);
    if (isDayEmpty) before.remove();
    node.remove();
    if (isDayEmpty) this.#lastDay = [...this.list.querySelectorAll(".day")].at(-1)?.textContent ?? "";
  }

  #rebuild(ids) {
    this.list.replaceChildren();
    this.#nodes.clear();
    this.#lastDay = "";
    for (const id of ids) this.#redraw(id);
  }

  #noteScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    if (clientHeight === 0) return; // a hidden log always reads as scrolled to its top
    // Browsers scroll by themselves when the layout changes: that is no reader leaving the end.
    if (extentOf(this.element) !== this.#extent) return this.keepPlace();
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
    if (this.#isAtEnd) this.#unseen = 0;
    this.#offerEnd();
  }

  #offerEnd() {
    this.toEnd.hidden = this.#isAtEnd;
    if (this.#isAtEnd) return;
    const words = this.#unseen ? counted(this.#unseen, "new message") : "Latest";
    this.toEnd.replaceChildren(words, icon("down"));
  }
}

function extentOf({ scrollHeight, clientHeight, clientWidth }) {
  return `${scrollHeight} ${clientHeight} ${clientWidth}`;
}

/** A tapped button is often part of the message that the answer changes; the keyboard user stays there. */
function replaceKeepingFocus(old, node) {
  const held = old.contains(document.activeElement);
  const index = held ? focusable(old).indexOf(document.activeElement) : -1;
  old.replaceWith(node);
  if (!held) return;
  const successors = focusable(node);
  const next = successors[Math.min(index, successors.length - 1)];
  if (next) next.focus({ preventScroll: true });
  else node.closest(".log").focus({ preventScroll: true });
}

function focusable(node) {
  return [...node.querySelectorAll("a[href], [tabindex='0'], button:not(:disabled):not([tabindex='-1'])")];
}
