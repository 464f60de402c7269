/** Who is in the room, and who else wrote there. */

import { byId, el, reconcile, setText } from '../dom.js';
import { ago, plural } from '../format.js';
import { avatar } from './avatar.js';

const OTHERS_SHOWN = 30;
/** @type {Record<string, string>} */
const WORDS = { online: 'Online', away: 'Away', busy: 'Busy', offline: 'Offline' };
const ORDER = ['online', 'busy', 'away', 'offline'];

/** @param {string} status */
export function statusWord(status) {
  return WORDS[status] ?? status;
}

export class PeopleView {
  /** @param {import('../session.js').Session} session */
  constructor(session) {
    this.session = session;
  }

  render() {
    const room = this.session.active;
    const members = room ? this.#members(room) : [];
    reconcile(byId('member-list'), members, createPerson, updatePerson);
    const more = (room?.memberCount ?? 0) - members.length;
    byId('member-more').hidden = more <= 0;
    setText(byId('member-more'), `and ${plural(more, 'other')}`);
    const others = room ? this.#others(room) : [];
    byId('others-title').hidden = others.length === 0;
    byId('other-list').hidden = others.length === 0;
    reconcile(byId('other-list'), others, createPerson, updatePerson);
  }

  /** @param {import('../room.js').Room} room */
  #members(room) {
    return [...room.members]
      .map(([userId, username]) => this.#item(room, userId, username, true))
      .sort(
        (a, b) =>
          Number(b.me) - Number(a.me) ||
          ORDER.indexOf(a.status) - ORDER.indexOf(b.status) ||
          a.username.localeCompare(b.username),
      );
  }

  /** @param {import('../room.js').Room} room */
  #others(room) {
    const authors = new Map(room.messages.map(({ userId, username }) => [userId, username]));
    return [...authors]
      .filter(([userId]) => !room.members.has(userId) && userId !== this.session.me.userId)
      .slice(-OTHERS_SHOWN)
      .map(([userId, username]) => this.#item(room, userId, username, false))
      .sort((a, b) => a.username.localeCompare(b.username));
  }

  /** @param {import('../room.js').Room} room @param {string} userId @param {string} username @param {boolean} here */
  #item(room, userId, username, here) {
    const { people, me } = this.session;
    const known = people.get(userId, username);
    // Who is in the room is connected, whatever was heard of them last.
    const status = here && known.status === 'offline' ? 'online' : known.status;
    return {
      key: userId,
      username,
      status,
      note: note(status, known),
      me: userId === me.userId,
      typing: room.typing.has(userId),
    };
  }
}

/** @param {string} status @param {import('../people.js').Person} person */
function note(status, { statusMessage, lastSeen }) {
  if (status === 'offline' && lastSeen) {
    return `Last seen ${ago(lastSeen)}`;
  }
  return statusMessage ? `${statusWord(status)} · ${statusMessage}` : statusWord(status);
}

function createPerson() {
  return el('li', { class: 'person' });
}

/** @param {HTMLElement} element @param {any} person */
function updatePerson(element, { key, username, status, note, me, typing }) {
  const face = el(
    'span',
    { class: 'face' },
    avatar(key, username),
    el('span', { class: 'dot', 'data-status': status, 'aria-hidden': 'true' }),
  );
  const name = el('span', { class: 'person-name' }, username, me && el('span', { class: 'you' }, ' (you)'));
  element.dataset.status = status;
  element.dataset.user = key;
  element.replaceChildren(
    face,
    el(
      'span',
      { class: 'person-text' },
      name,
      el('span', { class: 'person-note', title: note }, typing ? 'Typing…' : note),
    ),
  );
}
