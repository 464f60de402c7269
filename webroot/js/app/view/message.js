/** How one line of the log looks: a message, the name of a day, the line above what is new. */

import { colourOf } from '../colours.js';
import { el, icon } from '../dom.js';
import { clock, fullTime, listNames } from '../format.js';
import { avatar } from './avatar.js';

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}]/gu;
/** At most three emoji and nothing else. */
const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}[\p{Emoji_Modifier}\u{fe0f}\u{200d}]*\s?){1,3}$/u;

/**
 * @typedef {object} MessageLine
 * @property {string} key
 * @property {'message'} kind
 * @property {import('../room.js').Message} message
 * @property {boolean} own
 * @property {boolean} first of several by the same person
 * @property {boolean} last
 * @property {string[]} mine emoji with which the user reacted
 * @property {Record<string, string[]>} names of those who reacted, by emoji
 * @property {string[]} readers names of those who read up to here and no further
 *
 * @typedef {{key: string, kind: 'day' | 'new', text: string}} Divider
 * @typedef {MessageLine | Divider} Line
 */

/** @param {Line} line */
export function createLine(line) {
  return line.kind === 'message'
    ? el(
        'li',
        { class: 'message', tabIndex: -1, 'data-key': line.key },
        el('div', { class: 'message-body' }, el('div', { class: 'bubble-box' })),
      )
    : el('li', { class: `divider ${line.kind}` });
}

/** @param {HTMLElement} element @param {Line} line */
export function updateLine(element, line) {
  if (line.kind === 'message') {
    updateMessage(element, line);
  } else {
    element.replaceChildren(el('span', {}, line.text));
  }
}

/** @param {HTMLElement} element @param {MessageLine} line */
function updateMessage(element, line) {
  const { message, own, first, last } = line;
  element.classList.toggle('own', own);
  element.classList.toggle('first', first);
  element.classList.toggle('last', last);
  element.dataset.status = message.status;
  const focusedChip = /** @type {any} */ (document.activeElement).closest('.chip');
  const emoji = element.contains(focusedChip) && focusedChip.dataset.emoji;
  fill(element, line);
  if (emoji) {
    const chips = /** @type {HTMLElement[]} */ ([...element.querySelectorAll('.chip')]);
    (chips.find((chip) => chip.dataset.emoji === emoji) ?? element).focus({ preventScroll: true });
  }
}

/** Replaces all but the tools, which may be here and have the focus. */
function fill(/** @type {HTMLElement} */ element, /** @type {MessageLine} */ line) {
  const { message, own, last } = line;
  const box = /** @type {HTMLElement} */ (element.querySelector('.bubble-box'));
  const tools = box.querySelector('.tools');
  [...(box.parentElement?.children ?? [])].forEach((child) => child !== box && child.remove());
  [...box.children].forEach((child) => child !== tools && child.remove());
  box.prepend(...(last && !own ? [face(message)] : []), bubble(message));
  box.before(author(line));
  box.after(...below(line, tools !== null));
}

/** @param {import('../room.js').Message} message */
function face({ userId, username }) {
  return avatar(userId, username);
}

/** @param {MessageLine} line @param {boolean} reachable whether Tab comes by */
function below(line, reachable) {
  return [reactions(line, reachable), foot(line)].filter(Boolean);
}

/** Seen on the first of a group only, but read out with each. @param {MessageLine} line */
function author({ message, own, first }) {
  const shown = first && !own;
  return el(
    'p',
    {
      class: shown ? 'author' : 'author visually-hidden',
      'data-colour': String(colourOf(message.userId)),
    },
    own ? 'You' : message.username,
  );
}

/** @param {import('../room.js').Message} message */
function bubble(message) {
  if (message.deleted) {
    return el('p', { class: 'bubble deleted' }, 'Message deleted');
  }
  const jumbo = EMOJI_ONLY.test(message.content.trim());
  return el('p', { class: jumbo ? 'bubble jumbo' : 'bubble' }, ...linked(message.content));
}

/** The text, with its addresses as links. @param {string} text @returns {(Node | string)[]} */
function linked(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const href = match[0];
    parts.push(text.slice(from, match.index));
    parts.push(el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, href));
    from = match.index + href.length;
  }
  return [...parts, text.slice(from)];
}

/** @param {MessageLine} line @param {boolean} reachable */
function reactions({ message, mine, names }, reachable) {
  const chips = Object.entries(names).map(([emoji, users]) =>
    el(
      'li',
      {},
      el(
        'button',
        {
          type: 'button',
          class: 'chip',
          tabIndex: reachable ? 0 : -1,
          'data-emoji': emoji,
          'aria-pressed': String(mine.includes(emoji)),
          title: listNames(users),
        },
        el('span', { class: 'emoji' }, emoji),
        String(users.length),
        el('span', { class: 'visually-hidden' }, ` by ${listNames(users)}`),
      ),
    ),
  );
  return chips.length > 0 && !message.deleted && el('ul', { class: 'chips' }, ...chips);
}

/** Time and fate, below the last of a group or wherever there is something to say. @param {MessageLine} line */
function foot({ message, own, last, readers }) {
  if (message.status === 'failed') {
    return failure(message);
  }
  const marks = [
    message.edited && !message.deleted && el('span', {}, 'edited'),
    own && fate(message, readers),
  ].filter(Boolean);
  const shown = last || message.edited || message.status === 'sending' || readers.length > 0;
  return el(
    'p',
    { class: shown ? 'foot' : 'foot quiet' },
    el('time', { dateTime: message.at, title: fullTime(message.at) }, clock(message.at)),
    ...marks,
  );
}

/** @param {import('../room.js').Message} message @param {string[]} readers */
function fate(message, readers) {
  if (message.status === 'sending') {
    return el('span', { class: 'fate' }, icon('clock'), 'Sending');
  }
  return readers.length
    ? el('span', { class: 'fate seen' }, icon('sent'), `Seen by ${listNames(readers)}`)
    : el('span', { class: 'fate' }, icon('sent'), el('span', { class: 'visually-hidden' }, 'Sent'));
}

/** @param {import('../room.js').Message} message */
function failure(message) {
  return el(
    'div',
    { class: 'foot failed' },
    icon('alert'),
    el('span', {}, `Not sent: ${message.error}`),
    el('button', { type: 'button', class: 'link', 'data-action': 'resend' }, 'Try again'),
    el('button', { type: 'button', class: 'link', 'data-action': 'discard' }, 'Discard'),
  );
}
