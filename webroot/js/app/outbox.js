/**
 * Own messages that the server has not confirmed, kept over a reload of the page. Sending one again
 * is safe: the server knows it by its client id.
 */

const KEY = 'parley.unsent';
const MAX_KEPT = 200;

/** @typedef {{userId: string, room: string, clientMessageId: string, content: string, at: string}} Draft */

/** @returns {Draft[]} */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
  } catch {
    return [];
  }
}

/** @param {Draft[]} drafts */
function write(drafts) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(drafts.slice(-MAX_KEPT)));
  } catch {
    // No room or no permission: the messages live as long as the page does.
  }
}

/** @param {Draft} draft */
export function keep(draft) {
  write([...read(), draft]);
}

/** @param {string} clientMessageId */
export function forget(clientMessageId) {
  write(read().filter((draft) => draft.clientMessageId !== clientMessageId));
}

/** What a user left unsent. @param {string} userId */
export function kept(userId) {
  return read().filter((draft) => draft.userId === userId);
}

export function forgetAll() {
  write([]);
}
