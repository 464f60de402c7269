/** The bell and the page around it, on top of js/websocket.js. */

import { developmentToken } from '../app/tokens.js';
import { byId, setText } from '../app/dom.js';
import { NotificationList } from './list.js';
import { showList, showStatus } from './view.js';

const wsClient = /** @type {any} */ (window).wsClient;
const list = new NotificationList();

function show() {
  showList(list, { read: markRead, remove });
}

// The bell ---------------------------------------------------------------------------------------

const bell = byId('bell');
const panel = byId('bell-panel');

bell.addEventListener('click', () => toggle(panel.hidden));
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && !panel.hidden) {
    toggle(false);
    bell.focus();
  }
});
document.addEventListener('click', ({ target }) => {
  if (!panel.hidden && !(/** @type {Element} */ (target).closest('.bell-place'))) {
    toggle(false);
  }
});

/** @param {boolean} open */
function toggle(open) {
  panel.hidden = !open;
  bell.setAttribute('aria-expanded', String(open));
}

wsClient.onConnectionStatus(showStatus);
wsClient.on('initial_state', (/** @type {any} */ { data }) => {
  list.replace(data.notifications, data.unread_count);
  show();
});
wsClient.on('notification', (/** @type {any} */ { action, data }) => {
  if (action === 'created') {
    list.add(data);
  } else {
    list.update(data);
  }
  show();
});

/** @param {string} id */
function markRead(id) {
  if (!wsClient.send({ type: 'mark_read', notification_id: id })) {
    void byRest('POST', `api/v1/notifications/${encodeURIComponent(id)}/read`);
  }
  list.update({ id, read: true });
  show();
}

/** @param {string} id */
function remove(id) {
  void byRest('DELETE', `api/v1/notifications/${encodeURIComponent(id)}`);
  list.remove(id);
  show();
}

byId('read-all').addEventListener('click', () => {
  if (!wsClient.send({ type: 'mark_read', all: true })) {
    void byRest('POST', 'api/v1/notifications/read-all');
  }
  list.readAll();
  show();
});

byId('retry').addEventListener('click', () => wsClient.connect());

/** What could not be done shows at the next state. @param {string} method @param {string} path */
async function byRest(method, path) {
  try {
    await wsClient.request(method, path);
  } catch (failure) {
    setText(byId('who-error'), /** @type {Error} */ (failure).message);
  }
}

// Who it is for -----------------------------------------------------------------------------------

byId('who-form').addEventListener('submit', async (/** @type {Event} */ event) => {
  event.preventDefault();
  const user = byId('who-user').value.trim();
  const token = byId('who-token').value.trim();
  setText(byId('who-error'), '');
  try {
    connectAs(token || (await developmentToken({ userId: user, username: user })), token ? 'the token’s user' : user);
  } catch (failure) {
    setText(byId('who-error'), /** @type {Error} */ (failure).message);
  }
});

byId('who-guest').addEventListener('click', () => connectAs('', 'a guest'));

/** @param {string} token @param {string} name */
function connectAs(token, name) {
  list.replace([], 0);
  show();
  setText(byId('who-now'), `You are ${name}.`);
  wsClient.connect({ token });
}

// Sending ----------------------------------------------------------------------------------------

byId('send-form').addEventListener('submit', async (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  const fields = new FormData(/** @type {HTMLFormElement} */ (event.target));
  const to = String(fields.get('user')).trim();
  const body = {
    ...(to && { user_id: to }),
    title: fields.get('title'),
    message: fields.get('message'),
    level: fields.get('level'),
    priority: fields.get('priority'),
  };
  try {
    const token = byId('who-token').value.trim() || (await developmentToken({ userId: 'bell-admin', username: 'Admin', roles: ['admin'] }));
    const response = await fetch(new URL('api/v1/notifications', document.baseURI), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    setText(byId('send-result'), response.ok ? `Sent to ${to || 'everybody'}.` : `Refused: ${answer.error}`);
  } catch (failure) {
    setText(byId('send-result'), /** @type {Error} */ (failure).message);
  }
});

show();
connectAs('', 'a guest');
