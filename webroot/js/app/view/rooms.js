/** The list of rooms, and the field to enter another. */

import { byId, el, reconcile } from '../dom.js';
import { plural } from '../format.js';
import { roomNameFrom } from '../names.js';

export class RoomsView {
  #list = byId('room-list');
  #field = byId('join-room');
  #error = byId('join-error');

  /**
   * @param {import('../session.js').Session} session
   * @param {(name: string) => Promise<void>} onOpen
   */
  constructor(session, onOpen) {
    this.session = session;
    this.onOpen = onOpen;
    byId('join-form').addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#join();
    });
    this.#list.addEventListener('click', () => byId('rooms').hidePopover());
  }

  render() {
    const { rooms, active } = this.session;
    const items = [...rooms.values()]
      .map(({ name, unread }) => ({ key: name, unread, current: name === active?.name }))
      .sort((a, b) => a.key.localeCompare(b.key, undefined, { numeric: true }));
    reconcile(this.#list, items, () => el('li'), updateRoom);
    this.#showUnread(items);
  }

  /** @param {{unread: number, current: boolean}[]} items */
  #showUnread(items) {
    const elsewhere = items.reduce((sum, { unread, current }) => sum + (current ? 0 : unread), 0);
    const badge = byId('other-unread');
    badge.hidden = elsewhere === 0;
    badge.replaceChildren(...count(elsewhere));
  }

  async #join() {
    const name = roomNameFrom(this.#field.value);
    this.#error.textContent = '';
    if (!name) {
      this.#error.textContent = 'Use letters, digits and . _ - : @';
      return;
    }
    try {
      await this.onOpen(name);
      this.#field.value = '';
    } catch (error) {
      this.#error.textContent = error.message;
    }
  }
}

/** @param {HTMLElement} element @param {{key: string, unread: number, current: boolean}} room */
function updateRoom(element, { key, unread, current }) {
  element.replaceChildren(
    el(
      'a',
      {
        class: unread ? 'room-link unread' : 'room-link',
        href: `#/${encodeURIComponent(key)}`,
        ...(current ? { 'aria-current': 'page' } : {}),
      },
      el('span', { class: 'room-hash', 'aria-hidden': 'true' }, '#'),
      el('span', { class: 'room-link-name' }, key),
      unread > 0 && el('span', { class: 'badge' }, ...count(unread)),
    ),
  );
}

/** A number for the eye, a sentence for the ear. @param {number} unread */
function count(unread) {
  const shown = unread > 99 ? '99+' : String(unread);
  return [
    el('span', { 'aria-hidden': 'true' }, shown),
    el('span', { class: 'visually-hidden' }, `, ${plural(unread, 'unread message')}`),
  ];
}
