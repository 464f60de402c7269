/** The demo of the dialect `connect`: every subscription, and the frames it brings. */

import { developmentToken } from '../app/tokens.js';
import { byId, setText } from '../app/dom.js';
import { MetricCharts } from './charts.js';
import { FrameLog } from './frames.js';
import { JobList } from './jobs.js';
import { runJob } from './run.js';
import { DemoSocket } from './socket.js';

const frames = new FrameLog();
const jobs = new JobList();
const charts = new MetricCharts();

const socket = new DemoSocket({
  onState(state, text) {
    byId('state').dataset.state = state;
    setText(byId('state'), text);
    byId('disconnect').disabled = state === 'closed';
  },
  onFrame(direction, text, frame) {
    frames.add(direction, text, frame);
    if (direction === 'in') {
      show(frame);
    }
  },
});

/** @param {any} frame */
function show(frame) {
  switch (frame.type) {
    case 'system_metrics':
      charts.add(frame);
      break;
    case 'job_updates':
    case 'active_jobs':
      jobs.update(frame.jobs);
      break;
  }
}

// Connection --------------------------------------------------------------------------------------

byId('token-form').addEventListener('submit', async (/** @type {Event} */ event) => {
  event.preventDefault();
  const user = byId('user').value.trim();
  setText(byId('connect-error'), '');
  try {
    byId('token').value = await developmentToken({
      userId: user,
      username: user,
      roles: byId('admin').checked ? ['admin'] : [],
    });
  } catch (failure) {
    setText(byId('connect-error'), /** @type {Error} */ (failure).message);
  }
});

byId('connect-form').addEventListener('submit', (/** @type {Event} */ event) => {
  event.preventDefault();
  const token = byId('token').value.trim();
  setText(byId('connect-error'), token ? '' : 'A token is needed.');
  if (token) {
    socket.open(token);
  }
});

byId('disconnect').addEventListener('click', () => socket.close());

// Subscriptions -----------------------------------------------------------------------------------

for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('[data-subscription]'))) {
  box.addEventListener('change', () => onSwitch(box));
}

/** @param {HTMLInputElement} box */
function onSwitch(box) {
  const name = /** @type {string} */ (box.dataset.subscription);
  const all = name === 'all_document_updates';
  const type = all ? 'document_updates' : name;
  const fields = { ...(all && { all: true }), ...idOf(box) };
  if (box.checked) {
    socket.keep(name, { type: `subscribe_${type}`, ...fields });
  } else {
    socket.release(name, { type: `unsubscribe_${type}`, ...fields });
  }
  const field = box.dataset.with;
  if (field) {
    byId(field).disabled = box.checked;
  }
}

/** @param {HTMLInputElement} box */
function idOf({ dataset }) {
  return dataset.with ? { [`${dataset.with}_id`]: byId(dataset.with).value.trim() } : {};
}

// Frames that are sent once -----------------------------------------------------------------------

/** @type {Record<string, () => object>} */
const FIELDS = {
  join_room: () => ({ room: byId('room').value.trim() }),
  leave_room: () => ({ room: byId('room').value.trim() }),
  presence_update: () => ({ status: byId('status').value }),
  broadcast_admin: () => ({ message: 'Hello from the demo' }),
};

for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-send]'))) {
  const type = /** @type {string} */ (button.dataset.send);
  button.addEventListener('click', () => socket.send({ type, ...FIELDS[type]?.() }));
}

let typing = false;
byId('content').addEventListener('input', () => setTyping(byId('content').value !== ''));

/** @param {boolean} now */
function setTyping(now) {
  if (now !== typing) {
    typing = now;
    socket.send({ type: now ? 'typing_start' : 'typing_stop', room: byId('room').value.trim() });
  }
}

byId('chat-form').addEventListener('submit', (/** @type {Event} */ event) => {
  event.preventDefault();
  const content = byId('content').value;
  if (content && socket.send({ type: 'chat_message', room: byId('room').value.trim(), content })) {
    byId('content').value = '';
    typing = false;
  }
});

byId('raw-form').addEventListener('submit', (/** @type {Event} */ event) => {
  event.preventDefault();
  const text = byId('raw').value;
  setText(byId('raw-error'), socket.sendText(text, parse(text)) ? '' : 'Not connected.');
});

/** Frames that are no JSON may be sent, too: to see what the server says. @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

byId('run-job').addEventListener('click', async () => {
  try {
    await runJob(byId('token').value.trim());
  } catch (failure) {
    setText(byId('raw-error'), /** @type {Error} */ (failure).message);
  }
});

byId('pause').addEventListener('change', (/** @type {any} */ { target }) => frames.pause(target.checked));
byId('clear').addEventListener('click', () => frames.clear());
