/** Modal windows and the short notices that come and go by themselves. */

import { button, h, icon, iconButton } from "./dom.js";

const NOTICE_MS = 5000;

/** Opens a modal window around `content` and returns it; it leaves the page when it closes. */
export function openDialog(title, content, className = "") {
  const heading = h("h2", { class: "dialog-title" }, title);
  const dialog = h("dialog", { class: `dialog ${className}`, "aria-label": title });
  dialog.append(
    h("div", { class: "dialog-head" }, heading, iconButton("close", "Close", () => dialog.close())),
    h("div", { class: "dialog-body" }, content),
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // the backdrop
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** What a bot says with show_alert: it stays until the person has read it. */
export function openAlert(name, text) {
  const dialog = openDialog(name, h("p", { class: "alert-text", dir: "auto" }, text), "alert");
  const confirm = button("primary", () => dialog.close(), "OK");
  dialog.append(h("div", { class: "dialog-foot" }, confirm));
  confirm.focus();
}

export function openPicture(address, alt) {
  openDialog("Picture", h("img", { src: address, alt }), "lightbox");
}

/** A place where notices appear one at a time, read out politely. */
export class Notices {
  #timer = 0;
  element = h("div", { class: "notices", role: "status" });

  show(text, kind = "plain") {
    clearTimeout(this.#timer);
    const notice = h(
      "div",
      { class: "notice", "data-kind": kind },
      kind === "problem" && icon("warning"),
      h("span", { dir: "auto" }, text),
    );
    this.element.replaceChildren(notice);
    this.#timer = setTimeout(() => this.element.replaceChildren(), NOTICE_MS);
  }
}
