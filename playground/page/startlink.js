/** Windows about links to the bot: open one as this person, or pass one on to another supporter. */

import { openDialog } from "./dialog.js";
import { button, h } from "./dom.js";
import { payloadOf, safeUrl, telegramLink } from "./links.js";
import { avatar, nameNode } from "./people.js";

const EXAMPLES = ["petition-cameroon-torture"];
const EXPLANATION =
  "Links on posters, websites and in friends’ messages open the bot with a word of their own. ";

/** @param {(payload: string) => void} open */
export function openLinkDialog(speaker, bot, open) {
  const input = h("input", { autocomplete: "off", spellcheck: "false", placeholder: EXAMPLES[0] });
  const form = h(
    "form",
    { class: "start-link" },
    h("p", {}, EXPLANATION, "Open one as ", nameNode(speaker), "."),
    h(
      "label",
      { class: "field" },
      "The word of the link, or the whole link",
      h("span", { class: "prefixed" }, h("span", { class: "prefix" }, "start="), input),
    ),
    h("div", { class: "examples" }, EXAMPLES.map((each) => example(each, finish)), example("", finish)),
    h("div", { class: "dialog-foot" }, h("button", { type: "submit", class: "primary" }, "Open the link")),
  );
  const dialog = openDialog("Open a link", form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    finish(payloadOf(input.value, bot));
  });
  input.focus();

  function finish(payload) {
    dialog.close();
    open(payload);
  }
}

function example(payload, open) {
  return button("chip", () => open(payload), payload || "Plain Start");
}

/**
 * A share button: in Telegram it asks whom to send the text to. Here another supporter finds it.
 * @param {object[]} others
 * @param {(user: object, payload: string) => void} open
 */
export function openShareDialog({ text, shared }, bot, others, open) {
  const url = safeUrl(shared);
  const meaning = url && telegramLink(url, bot);
  const dialog = openDialog("Share", [
    h("p", {}, "In Telegram you would now choose a chat. This is what your friends would read:"),
    h("blockquote", { class: "shared", dir: "auto" }, [shared, text].filter(Boolean).join("\n")),
    meaning?.kind === "start" && h("p", { id: "share-to" }, "Who opens the link?"),
    meaning?.kind === "start" && h("div", { class: "friends" }, others.map((user) => friend(user))),
  ]);

  function friend(user) {
    const onclick = () => {
      dialog.close();
      open(user, meaning.payload);
    };
    return button("friend", onclick, avatar(user), nameNode(user));
  }
}
