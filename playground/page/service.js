/** Sentences for messages that nobody wrote: somebody came, left, pinned, renamed. */

import { nameOf } from "./people.js";

/** @returns {?string} null when the message is an ordinary one */
export function serviceText(message) {
  const who = message.from ? nameOf(message.from) : "Someone";
  for (const [field, sentence] of Object.entries(SENTENCES)) {
    if (message[field] !== undefined) return sentence(who, message[field]);
  }
  return null;
}

const SENTENCES = {
  new_chat_members: (who, members) => `${who} added ${members.map(nameOf).join(", ")}`,
  left_chat_member: (who, member) => `${nameOf(member)} left the group`,
  new_chat_title: (who, title) => `${who} renamed the group to “${title}”`,
  new_chat_photo: (who) => `${who} changed the group’s picture`,
  delete_chat_photo: (who) => `${who} removed the group’s picture`,
  group_chat_created: (who) => `${who} created the group`,
  supergroup_chat_created: (who) => `${who} created the group`,
  migrate_to_chat_id: () => "This group became a supergroup",
  migrate_from_chat_id: () => "This group became a supergroup",
  users_shared: (who, { users }) => `${who} chose ${users.length === 1 ? "a person" : `${users.length} people`}`,
  pinned_message: (who, pinned) => `${who} pinned ${excerpt(pinned)}`,
  message_auto_delete_timer_changed: (who) => `${who} changed when messages disappear`,
};

function excerpt(message) {
  const text = message.text ?? message.caption;
  return text ? `“${text.slice(0, 60)}”` : "a message";
}
