/** The keyboard that a bot puts under the composer; its buttons say something or choose people. */

import { openDialog } from "./dialog.js";
import { button, h } from "./dom.js";
import { avatar, nameNode } from "./people.js";
import { counted } from "./times.js";

export class ReplyKeys {
  #shown = null;
  element = h("div", { class: "reply-keys", role: "group", "aria-label": "The bot’s keyboard", hidden: true });

  /** @param {import("./chat.js").ChatView} view */
  constructor(view) {
    this.view = view;
  }

  refresh() {
    const { keyboard } = this.view.chat;
    if (keyboard === this.#shown) return;
    this.#shown = keyboard;
    this.element.hidden = !keyboard;
    const rows = keyboard?.keyboard ?? [];
    this.element.replaceChildren(...rows.map((row) => this.#row(row)));
    this.view.composer.invite(keyboard?.input_field_placeholder ?? null);
  }

  #row(row) {
    return h("div", { class: "keyboard-row" }, row.map((each) => this.#key(each)));
  }

  #key(wanted) {
    const label = h("span", { class: "key-label", dir: "auto" }, wanted.text);
    const key = button("key", () => this.#press(wanted), label);
    key.disabled = Object.keys(wanted).some((name) => name.startsWith("request_") && name !== "request_users");
    return key;
  }

  /** The buttons go with the press, perhaps, so the field takes the focus. */
  #press({ text, request_users: wanted }) {
    const { deeds, composer } = this.view;
    if (wanted) return this.#askWhom(text, wanted);
    composer.field.focus();
    deeds.say(text);
  }

  #askWhom(title, { request_id: requestId, max_quantity: most = 1 }) {
    const { supporters, organiser, admins } = this.view.world.cast;
    const share = (ids) => {
      this.view.composer.field.focus();
      this.view.deeds.shareUsers(requestId, ids);
    };
    openPicker(title, [...supporters, organiser, ...admins], most, share);
  }
}

/** @param {(ids: number[]) => void} share */
function openPicker(title, people, most, share) {
  const form = h("form", { class: "start-link" });
  const dialog = openDialog(title, form);
  const finish = (ids) => {
    dialog.close();
    share(ids);
  };
  if (most === 1) form.append(...people.map((user) => button("person-choice", () => finish([user.id]), ...face(user))));
  else form.append(...severalChoices(form, people, most, finish));
}

function severalChoices(form, people, most, finish) {
  const send = h("button", { type: "submit", class: "primary", disabled: true }, "Choose them");
  const chosen = () => [...form.querySelectorAll(":checked")].map(({ value }) => Number(value));
  form.addEventListener("change", () => (send.disabled = chosen().length < 1 || chosen().length > most));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    finish(chosen());
  });
  const rows = people.map((user) =>
    h("label", { class: "person-choice" }, ...face(user), h("input", { type: "checkbox", value: user.id })),
  );
  return [h("p", {}, `Up to ${counted(most, "name")}.`), ...rows, h("div", { class: "dialog-foot" }, send)];
}

function face(user) {
  return [avatar(user), nameNode(user), user.username && h("small", {}, `@${user.username}`)].filter(Boolean);
}
