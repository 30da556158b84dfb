/** The window in which a chosen picture or file is looked at and captioned before it goes. */

import { openDialog } from "./dialog.js";
import { h, icon } from "./dom.js";
import { RichField } from "./richfield.js";

/** @param {(form: FormData) => void} send gets `file`, `as` and perhaps `caption` and `caption_entities` */
export function openAttachment(file, send) {
  const isPicture = /^image\/(jpeg|png|webp|gif)$/.test(file.type);
  const address = isPicture ? URL.createObjectURL(file) : null;
  const caption = new RichField({ "aria-labelledby": "caption-label" });
  const form = h(
    "form",
    { class: "attachment" },
    isPicture ? h("img", { src: address, alt: "" }) : fileLine(file),
    h(
      "fieldset",
      { class: "choices" },
      h("legend", {}, "Send it as"),
      choice("photo", "Picture", isPicture, !isPicture),
      choice("document", "File", !isPicture, false),
    ),
    h("div", { class: "field" }, h("span", { id: "caption-label" }, "Caption"), caption.element),
    h("div", { class: "dialog-foot" }, h("button", { type: "submit", class: "primary" }, "Send it")),
  );
  const dialog = openDialog("Attach", form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(filled(form, file, caption.read()));
    dialog.close();
  });
  dialog.addEventListener("close", () => address && URL.revokeObjectURL(address));
  caption.focus();
}

function fileLine({ name }) {
  return h("p", { class: "file-line" }, icon("clip"), h("bdi", { dir: "auto" }, name));
}

function choice(value, label, checked, disabled) {
  return h("label", {}, h("input", { type: "radio", name: "as", value, checked, disabled }), label);
}

/** The file stands last, so that a server that reads as it goes knows the rest by then. */
function filled(form, file, { text, entities }) {
  const data = new FormData(form);
  if (text.trim()) data.set("caption", text);
  if (text.trim() && entities.length) data.set("caption_entities", JSON.stringify(entities));
  data.append("file", file, file.name);
  return data;
}
