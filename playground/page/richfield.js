/** A field for text with formatting: Ctrl+B, I, U and K, or the bar that appears over a selection. */

import { openDialog } from "./dialog.js";
import { button, h, icon } from "./dom.js";
import { safeUrl } from "./links.js";
import { written } from "./written.js";

const STYLES = [
  { command: "bold", key: "b", label: "Bold", sign: () => h("b", {}, "B") },
  { command: "italic", key: "i", label: "Italic", sign: () => h("i", {}, "I") },
  { command: "underline", key: "u", label: "Underlined", sign: () => h("u", {}, "U") },
];

export class RichField {
  /** @param {object} attributes of the editable element */
  constructor(attributes) {
    this.input = h("div", {
      class: "rich",
      contenteditable: "true",
      role: "textbox",
      "aria-multiline": "true",
      dir: "auto",
      onkeydown: (event) => this.#key(event),
      onpaste: (event) => this.#paste(event),
      oninput: () => this.#tidy(),
      onfocus: () => document.addEventListener("selectionchange", this.#follow),
      onblur: () => this.#leave(),
      ...attributes,
    });
    this.bar = h("div", { class: "style-bar", role: "toolbar", "aria-label": "Formatting", hidden: true });
    this.bar.append(...STYLES.map((style) => this.#styleButton(style)), this.#linkButton());
    this.bar.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
    this.element = h("div", { class: "rich-field" }, this.bar, this.input);
  }

  /** The text alone. */
  get value() {
    return this.read().text;
  }

  /** Replaces what stands there; somebody who is writing goes on behind it. */
  set value(text) {
    this.input.textContent = text;
    if (this.input !== document.activeElement) return;
    getSelection().selectAllChildren(this.input);
    getSelection().collapseToEnd();
  }

  /** @returns {{text: string, entities: object[]}} as a message of the Bot API carries them */
  read() {
    return written(this.input);
  }

  /** Puts nodes back that `take` gave. */
  restore(nodes) {
    this.input.replaceChildren(...nodes);
  }

  /** Empties the field and returns what stood in it. */
  take() {
    const nodes = [...this.input.childNodes];
    this.input.replaceChildren();
    return nodes;
  }

  focus() {
    this.input.focus();
  }

  #styleButton({ command, key, label, sign }) {
    const style = button("style-button", () => document.execCommand(command), sign());
    style.setAttribute("aria-label", label);
    style.title = `${label} (Ctrl+${key.toUpperCase()})`;
    return style;
  }

  #linkButton() {
    const link = button("style-button", () => this.#askForLink(), icon("link"));
    link.setAttribute("aria-label", "Link");
    link.title = "Link (Ctrl+K)";
    return link;
  }

  #key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const key = event.key.toLowerCase();
    const style = STYLES.find((each) => each.key === key);
    if (!style && key !== "k") return;
    event.preventDefault();
    if (style) document.execCommand(style.command);
    else this.#askForLink();
  }

  /** Only words come in: what they looked like elsewhere is not what Telegram can show. */
  #paste(event) {
    const text = event.clipboardData.getData("text/plain");
    event.preventDefault();
    if (text) document.execCommand("insertText", false, text.replaceAll("\r\n", "\n"));
  }

  /** A browser leaves a line break behind in an emptied field, which would hide the placeholder. */
  #tidy() {
    if (!this.input.textContent && this.input.childNodes.length) this.input.replaceChildren();
  }

  #selected() {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    return this.input.contains(range.commonAncestorContainer) ? range : null;
  }

  #follow = () => {
    this.bar.hidden = !this.#selected();
  };

  #leave() {
    document.removeEventListener("selectionchange", this.#follow);
    this.bar.hidden = true;
  }

  #askForLink() {
    const range = this.#selected();
    if (range) openAddressDialog((address) => this.#linkTo(range, address), () => this.#select(range));
  }

  #linkTo(range, address) {
    this.#select(range);
    document.execCommand("createLink", false, address);
  }

  #select(range) {
    this.input.focus();
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }
}

function openAddressDialog(give, putBack) {
  const input = h("input", { autocomplete: "off", spellcheck: "false", inputmode: "url", placeholder: "https://" });
  const wrong = h("p", { class: "wrong", role: "alert" });
  const form = h(
    "form",
    { class: "start-link" },
    h("label", { class: "field" }, "Where the words lead", h("span", { class: "prefixed" }, input)),
    wrong,
    h("div", { class: "dialog-foot" }, h("button", { type: "submit", class: "primary" }, "Make it a link")),
  );
  const dialog = openDialog("Link", form);
  let address = null;
  dialog.addEventListener("close", () => (address ? give(address) : putBack()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    address = safeUrl(input.value.trim())?.href ?? null;
    if (address) dialog.close();
    else wrong.textContent = "This is no web address.";
  });
  input.focus();
}
