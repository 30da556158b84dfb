/** Reads text and entities (offsets in UTF-16 units, as in JavaScript) out of an editable element. */

const KINDS = {
  B: "bold", STRONG: "bold",
  I: "italic", EM: "italic",
  U: "underline",
  S: "strikethrough", STRIKE: "strikethrough", DEL: "strikethrough",
};
const BLOCKS = new Set(["DIV", "P"]);

/** @returns {{text: string, entities: object[]}} */
export function written(root) {
  const reader = { text: "", entities: [] };
  walk(root, reader);
  return { text: reader.text, entities: joined(reader.entities) };
}

function walk(parent, reader) {
  for (const node of parent.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) reader.text += node.data.replaceAll("\u00a0", " ");
    else if (node.nodeName === "BR") reader.text += "\n";
    else enclose(node, reader);
  }
}

function enclose(node, reader) {
  if (BLOCKS.has(node.nodeName) && reader.text && !reader.text.endsWith("\n")) reader.text += "\n";
  const offset = reader.text.length;
  walk(node, reader);
  const entity = { type: KINDS[node.nodeName], offset, length: reader.text.length - offset };
  if (node.nodeName === "A") Object.assign(entity, { type: "text_link", url: node.href });
  if (entity.type && entity.length) reader.entities.push(entity);
}

/** Two neighbours of one kind are one: a browser that formats around a link leaves several. */
function joined(entities) {
  const kept = [];
  for (const entity of entities.sort((a, b) => a.offset - b.offset || b.length - a.length)) {
    const before = kept.find((each) => isSame(each, entity) && each.offset + each.length >= entity.offset);
    if (before) before.length = Math.max(before.length, entity.offset + entity.length - before.offset);
    else kept.push(entity);
  }
  return kept;
}

function isSame(one, other) {
  return one.type === other.type && one.url === other.url;
}
