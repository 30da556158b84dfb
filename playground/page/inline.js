/** The cards that the bot offers while one types `@bot words`, above the composer. */

import { h } from "./dom.js";
import { Menu } from "./menu.js";

const PAUSE_MS = 250; // as clients do: ask when the fingers rest

export class CardMenu extends Menu {
  #timer = 0;
  #asked = 0; // what is answered out of turn is not shown

  /**
   * @param {import("./richfield.js").RichField} field
   * @param {object} inline
   * @param {() => object} inline.bot
   * @param {(query: string) => Promise<?{inline_query_id: string, results: object[], button: ?object}>} inline.ask
   * @param {(queryId: string, resultId: string) => void} inline.choose sends the card
   * @param {(payload: string) => void} inline.start
   */
  constructor(field, inline) {
    super(field, "Cards of the bot");
    this.inline = inline;
  }

  /** Asks for cards when the text begins with the bot's name and a space. */
  follow(text) {
    clearTimeout(this.#timer);
    this.#asked += 1;
    const query = queryIn(text, this.inline.bot().username);
    if (query === null) return this.close();
    this.#timer = setTimeout(() => this.#ask(query), PAUSE_MS);
  }

  close() {
    clearTimeout(this.#timer);
    this.#asked += 1;
    super.close();
  }

  async #ask(query) {
    const asked = this.#asked;
    const answer = await this.inline.ask(query);
    if (answer && asked === this.#asked) this.#offer(answer);
  }

  #offer({ inline_query_id: queryId, results, button }) {
    const cards = results.map((each) => this.#card(queryId, each));
    this.show(button ? [this.#button(button), ...cards] : cards);
  }

  #card(queryId, { id, title, description }) {
    return {
      parts: [
        h("span", { class: "menu-name", dir: "auto" }, title),
        h("span", { class: "menu-words menu-card", dir: "auto" }, description ?? ""),
      ],
      take: () => this.#finish(() => this.inline.choose(queryId, id)),
    };
  }

  #button({ text, start_parameter: payload }) {
    return {
      parts: [h("span", { class: "menu-lead", dir: "auto" }, text)],
      take: () => this.#finish(() => this.inline.start(payload)),
    };
  }

  #finish(act) {
    this.close();
    this.field.value = "";
    act();
  }
}

/** The words after the bot's name; null when the text does not begin with it. */
function queryIn(text, username) {
  const [name, ...words] = text.split(/\s/);
  const isTheBot = username && name.toLowerCase() === `@${username.toLowerCase()}`;
  return isTheBot && words.length ? words.join(" ").trim() : null;
}
