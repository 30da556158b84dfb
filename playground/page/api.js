/** The playground's control addresses, one function each. */

/** The playground understood the request and will not carry it out; the message says why. */
export class Refused extends Error {}

async function call(method, path, body) {
  const isForm = body instanceof FormData;
  const answer = await reach(path, {
    method,
    // The browser writes the header of a form itself, since only it knows the boundary.
    headers: body === undefined || isForm ? {} : { "Content-Type": "application/json" },
    body: isForm ? body : JSON.stringify(body),
  });
  const result = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(result.error ?? "The playground could not do that.");
  return result;
}

async function reach(path, request) {
  try {
    return await fetch(`/playground/${path}`, request);
  } catch {
    throw new Refused("The playground does not answer. Is it still running?");
  }
}

const get = (path) => call("GET", path);
const post = (path, body) => call("POST", path, body);

export const cast = () => get("cast");
export const state = () => get("state");

/** @param {object} message user, chat, text and perhaps entities, reply_to, forwarded, anonymous */
export const say = (message) => post("say", message);
/** @param {{user: number, chat: number, message_id: number}} message */
export const forward = (message) => post("forward", message);
/** @param {{user: number, chat: number, message_id: number, data: string}} press */
export const tap = (press) => post("tap", press);
/** @param {{user: number, chat: number, query: string}} question words after the bot's name */
export const inline = (question) => post("inline", question);
/** @param {{user: number, inline_query_id: string, result_id: string}} choice */
export const choose = (choice) => post("choose", choice);
export const link = (user, payload) => post("link", { user, payload });
export const shareUsers = (user, requestId, users) =>
  post("share_users", { user, request_id: requestId, users });
export const block = (user, blocked) => post("block", { user, blocked });
/** @param {FormData} form user, chat, file, as and perhaps caption, caption_entities */
export const photo = (form) => post("photo", form);

export const fault = (wanted) => post("faults", wanted);
/** @param {Object<string, number>} shares of all messages to people, by what happens to them */
export const mixFaults = (seed, shares) => post("faults/mixture", { seed, shares });
export const clearFaults = () => call("DELETE", "faults");
/** Without `seconds`, to the next due moment. */
export const jump = (seconds) => post("clock/jump", seconds === undefined ? {} : { seconds });
export const resetClock = () => post("clock/reset", {});

export const eventsAddress = "/playground/events";
export const fileAddress = (fileId) => `/playground/file/${encodeURIComponent(fileId)}`;
