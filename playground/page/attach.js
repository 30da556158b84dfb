/** The window in which a chosen picture or file is looked at and captioned before it goes. */

import { openDialog } from "./dialog.js";
import { h, icon } from "./dom.js";
import { RichField } from "./richfield.js";

/**
 * @param {File[]} files several pictures go as one album
 * @param {(form: FormData) => void} send gets `file`, `as` and perhaps `caption`, `caption_entities`
 * @param {Record<string, number>} extra fields that `send` gets as well
 */
export function openAttachment(files, send, extra = {}) {
  const arePictures = files.every((file) => /^image\/(jpeg|png|webp|gif)$/.test(file.type));
  const addresses = arePictures ? files.map((file) => URL.createObjectURL(file)) : [];
  const caption = new RichField({ "aria-labelledby": "caption-label" });
  const form = h(
    "form",
    { class: "attachment" },
    arePictures ? previews(addresses) : files.map(fileLine),
    h(
      "fieldset",
      { class: "choices" },
      h("legend", {}, "Send it as"),
      choice("photo", files.length > 1 ? "Album" : "Picture", arePictures, !arePictures),
      choice("document", files.length > 1 ? "Files" : "File", !arePictures, false),
    ),
    h("div", { class: "field" }, h("span", { id: "caption-label" }, "Caption"), caption.element),
    h("div", { class: "dialog-foot" }, h("button", { type: "submit", class: "primary" }, "Send it")),
  );
  const dialog = openDialog("Attach", form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(filled(form, files, caption.read(), extra));
    dialog.close();
  });
  dialog.addEventListener("close", () => addresses.forEach((address) => URL.revokeObjectURL(address)));
  caption.focus();
}

function previews(addresses) {
  return h("div", { class: "previews" }, addresses.map((src) => h("img", { src, alt: "" })));
}

function fileLine({ name }) {
  return h("p", { class: "file-line" }, icon("clip"), h("bdi", { dir: "auto" }, name));
}

function choice(value, label, checked, disabled) {
  return h("label", {}, h("input", { type: "radio", name: "as", value, checked, disabled }), label);
}

/** The files stand last, so that a server that reads as it goes knows the rest by then. */
function filled(form, files, { text, entities }, extra) {
  const data = new FormData(form);
  for (const [name, value] of Object.entries(extra)) data.set(name, value);
  if (text.trim()) data.set("caption", text);
  if (text.trim() && entities.length) data.set("caption_entities", JSON.stringify(entities));
  for (const file of files) data.append("file", file, file.name);
  return data;
}
