/** What the page knows of the playground, kept up to date by its events. */

import { moment } from "./times.js";

const CALLS_KEPT = 200;

/**
 * Dispatches: `loaded` (anything may have changed), `changed` {chatId, ids, incoming},
 * `typing` {chatId}, `keyboard` {chatId}, `person` {userId}, `popup` and `inline` (the event itself), `calls`, `crowd`, `clock`,
 * and `stale` when only a new copy of the whole state will do.
 */
export class World extends EventTarget {
  bot = { id: 0, is_bot: true, first_name: "Vigil", username: "" };
  description = "";
  cast = { supporters: [], organiser: null, admins: [], admin_chat: null };
  clock = { now: new Date().toISOString(), offset: 0, due: [] };
  clockReadAt = performance.now();
  calls = [];
  /** The faults that are mixed into all messages to people: null or {seed, shares}. */
  mixture = null;
  crowd = { people: 0, received: 0, tapped: 0, stopped: 0, blocked: 0 };
  #chats = new Map();
  #blocked = new Set();

  load(cast, state) {
    this.cast = cast;
    this.bot = state.bot;
    this.description = state.description ?? "";
    this.calls = state.calls.slice(-CALLS_KEPT);
    this.#chats = new Map(state.chats.map((each) => [each.chat.id, stored(each)]));
    this.#blocked = new Set(state.people.filter((each) => each.blocked).map((each) => each.user.id));
    this.crowd = state.crowd;
    this.mixture = state.faults.mixture;
    this.#setClock(state.clock);
    this.#tell("loaded");
  }

  /** `chat`, `members`, `typing`, `keyboard`, `commands` by user id, and `messages` by id as a Map. */
  chat(id) {
    return this.#chats.get(id) ?? stored({ chat: { id, type: "private" } });
  }

  isBlocked(userId) {
    return this.#blocked.has(userId);
  }

  /** The command menu this person sees in this chat. */
  commands(chatId, userId) {
    return this.chat(chatId).commands[userId] ?? [];
  }

  /** The playground's own time, in milliseconds since 1970, running on between two clock events. */
  now() {
    return moment(this.clock.now) + (performance.now() - this.clockReadAt);
  }

  apply(event) {
    APPLY[event.type]?.call(this, event);
  }

  upsert({ chat_id: chatId, message }) {
    const chat = this.#chats.get(chatId);
    if (!chat) return this.#tell("stale");
    const isNew = !chat.messages.has(message.message_id);
    chat.messages.set(message.message_id, message);
    this.#tell("changed", { chatId, ids: [message.message_id], message: isNew ? message : null });
  }

  remove({ chat_id: chatId, message_ids: ids }) {
    for (const id of ids) this.#chats.get(chatId)?.messages.delete(id);
    this.#tell("changed", { chatId, ids, message: null });
  }

  setTyping({ chat_id: chatId, action }) {
    const chat = this.#chats.get(chatId);
    if (chat) chat.typing = action;
    this.#tell("typing", { chatId });
  }

  setKeyboard({ chat_id: chatId, keyboard }) {
    const chat = this.#chats.get(chatId);
    if (chat) chat.keyboard = keyboard;
    this.#tell("keyboard", { chatId });
  }

  setPerson({ user_id: userId, blocked }) {
    if (blocked) this.#blocked.add(userId);
    else this.#blocked.delete(userId);
    this.#tell("person", { userId });
  }

  addCall({ call }) {
    // After a reconnect the same call may come both in the state and as an event.
    if (this.calls.length && call.n <= this.calls.at(-1).n) return;
    this.calls.push(call);
    if (this.calls.length > CALLS_KEPT) this.calls.shift();
    this.#tell("calls");
  }

  changeClock({ clock }) {
    this.#setClock(clock);
    this.#tell("clock");
  }

  countCrowd({ crowd }) {
    this.crowd = crowd;
    this.#tell("crowd");
  }

  askAgain() {
    this.#tell("stale");
  }

  pass(event) {
    this.#tell(event.type, event);
  }

  #setClock(clock) {
    this.clock = clock;
    this.clockReadAt = performance.now();
  }

  #tell(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

const APPLY = {
  message: World.prototype.upsert,
  edited: World.prototype.upsert,
  deleted: World.prototype.remove,
  typing: World.prototype.setTyping,
  keyboard: World.prototype.setKeyboard,
  person: World.prototype.setPerson,
  popup: World.prototype.pass,
  inline: World.prototype.pass,
  call: World.prototype.addCall,
  crowd: World.prototype.countCrowd,
  clock: World.prototype.changeClock,
  commands: World.prototype.askAgain,
};

function stored({ chat, members = [], messages = [], typing = null, keyboard = null, commands = {} }) {
  const byId = new Map(messages.map((message) => [message.message_id, message]));
  return { chat, members, messages: byId, typing, keyboard, commands };
}
