/** From what people type to what the server takes as a name. */

const ROOM = /^[A-Za-z0-9._:@-]{1,128}$/;

/** @param {string} text @returns {string | null} null if it cannot be one */
export function roomNameFrom(text) {
  const name = text.trim().replace(/^#/, '').replace(/\s+/g, '-');
  return ROOM.test(name) ? name : null;
}

/**
 * A user id for a name: the same whenever the same name is picked, so that a second visit finds its
 * own messages again.
 *
 * @param {string} name
 */
export function userIdFrom(name) {
  const plain = name.normalize('NFKD').replace(/\p{Mark}/gu, '').toLowerCase();
  const readable = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  const isWhole = /^[\p{ASCII}]*$/u.test(plain);
  return (isWhole && readable ? readable : `${readable || 'user'}-${hash(name)}`).slice(0, 100);
}

/** Tells apart names whose letters an id cannot hold. @param {string} text */
function hash(text) {
  let value = 7;
  for (const letter of text.normalize('NFKC').toLowerCase()) {
    value = (Math.imul(value, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
  }
  return value.toString(36);
}
