/** Which addresses may be opened, and which of them stay inside the playground. */

const SAFE = new Set(["http:", "https:", "tg:", "mailto:"]);

/** The address as a URL, or null when it is malformed or of a kind that could run code. */
export function safeUrl(address) {
  const candidate = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(candidate)) return null;
  const url = new URL(candidate);
  return SAFE.has(url.protocol) ? url : null;
}

/**
 * What a link to Telegram means here; null for a link to anywhere else.
 * @returns {?{kind: "start"|"share"|"person", payload?: string, text?: string, shared?: string}}
 */
export function telegramLink(url, bot) {
  if (url.protocol === "tg:") return nativeLink(url, bot);
  if (!/^(www\.)?(t\.me|telegram\.me)$/.test(url.hostname)) return null;
  if (url.pathname.startsWith("/share")) return shareLink(url);
  return botLink(url.pathname.slice(1), url, bot);
}

function nativeLink(url, bot) {
  const action = url.hostname || url.pathname.replaceAll("/", "");
  if (action === "msg_url") return shareLink(url);
  return action === "resolve" ? botLink(url.searchParams.get("domain") ?? "", url, bot) : null;
}

function shareLink(url) {
  return {
    kind: "share",
    text: url.searchParams.get("text") ?? "",
    shared: url.searchParams.get("url") ?? "",
  };
}

function botLink(username, url, bot) {
  if (username.toLowerCase() !== bot.username.toLowerCase()) return { kind: "person" };
  return { kind: "start", payload: url.searchParams.get("start") ?? "" };
}

/** The payload in what a person typed or pasted: a whole t.me link or the payload alone. */
export function payloadOf(input, bot) {
  const text = input.trim();
  const link = text.includes("/") || text.includes(":") ? safeUrl(text) : null;
  const meaning = link && telegramLink(link, bot);
  return meaning?.kind === "start" ? meaning.payload : text;
}
