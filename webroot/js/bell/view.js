/** How the bell looks. Every state has its own words and shape, not its colour alone. */

import { byId, el, reconcile, setText } from '../app/dom.js';

/** @type {Record<string, (data: any) => string>} */
const STATUS_TEXT = {
  connecting: () => 'Connecting…',
  connected: () => 'Connected: news comes at once',
  reconnecting: ({ attempt, of }) => `Connection lost, try ${attempt}${of ? ` of ${of}` : ''}. The list is asked for every 15 seconds.`,
  disconnected: () => 'Not connected. The list is asked for every 15 seconds.',
};

/** @param {string} status @param {any} data */
export function showStatus(status, data) {
  byId('bell').dataset.status = status;
  byId('retry').hidden = status !== 'disconnected';
  setText(byId('bell-status'), STATUS_TEXT[status](data));
}

/**
 * @param {import('./list.js').NotificationList} list
 * @param {{read: (id: string) => void, remove: (id: string) => void}} actions
 */
export function showList(list, actions) {
  const count = byId('bell-count');
  count.hidden = list.unread === 0;
  setText(count, list.unread > 99 ? '99+' : String(list.unread));
  setText(byId('bell-label'), list.unread === 0 ? 'Notifications' : `Notifications, ${list.unread} unread`);
  byId('bell-empty').hidden = list.items.length > 0;
  byId('read-all').disabled = list.unread === 0;
  reconcile(
    byId('bell-list'),
    list.items.map((item) => ({ key: item.id, ...item })),
    () => el('li', { class: 'bell-item' }),
    (element, item) => fill(element, item, actions),
  );
}

/** @param {HTMLElement} element @param {any} item @param {any} actions */
function fill(element, item, actions) {
  element.dataset.level = item.level;
  element.dataset.read = String(Boolean(item.read));
  element.replaceChildren(
    el('p', { class: 'bell-item-title' }, el('span', { class: 'bell-kind' }, item.level), item.title),
    el('p', { class: 'bell-item-text' }, item.message),
    el('p', { class: 'hint' }, `${item.category} · `, el('time', { dateTime: item.created_at }, when(item.created_at))),
    el(
      'div',
      { class: 'bell-item-actions' },
      !item.read && el('button', { class: 'button small', type: 'button', onclick: () => actions.read(item.id) }, 'Mark as read'),
      el('button', { class: 'button small', type: 'button', 'aria-label': `Delete “${item.title}”`, onclick: () => actions.remove(item.id) }, 'Delete'),
    ),
  );
}

/** @param {string} time */
function when(time) {
  return new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
