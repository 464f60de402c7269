/**
 * Which of the sixteen colours of css/chat.css stands for a user: always the one that follows from
 * the id, unless somebody else has it already; then the next free one, far away on the wheel.
 */

const COLOURS = 16;
/** Shares no divisor with the number of colours, so that every colour is reached. */
const STEP = 7;

/** @type {Map<string, number>} */
const given = new Map();
/** How many users have each colour. */
const taken = new Array(COLOURS).fill(0);

/** @param {string} userId */
export function colourOf(userId) {
  const known = given.get(userId);
  if (known !== undefined) {
    return known;
  }
  const fewest = Math.min(...taken);
  let colour = hash(userId) % COLOURS;
  while (taken[colour] > fewest) {
    colour = (colour + STEP) % COLOURS;
  }
  taken[colour]++;
  given.set(userId, colour);
  return colour;
}

/** FNV-1a. @param {string} text */
function hash(text) {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return value;
}
