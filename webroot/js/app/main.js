/** Puts the page together: who one is, the session, the views, and the room in the address. */

import { byId } from './dom.js';
import { roomNameFrom, userIdFrom } from './names.js';
import { forgetAll } from './outbox.js';
import { Session } from './session.js';
import { developmentToken, TokenNeeded } from './tokens.js';
import { ComposerView } from './view/composer.js';
import { ConnectionView } from './view/connection.js';
import { EnterView } from './view/enter.js';
import { HeadView } from './view/head.js';
import { LogView } from './view/log.js';
import { PeopleView } from './view/people.js';
import { ProfileView } from './view/profile.js';
import { RoomsView } from './view/rooms.js';

/** The name picked in this tab; another tab may be somebody else. */
const NAME_KEY = 'parley.name';
const NOTICE_MS = 6_000;
const TICK_MS = 1_000;

/** What the token source is asked with; set by the form. */
let identity = { userId: '', username: '', token: '', first: '' };
let scheduled = false;

const session = new Session({ url: endpoint(), token, onChange: schedule, onNotice: notice });
const enter = new EnterView(signIn);
const log = new LogView(session, (key) => composer.edit(key));
const composer = new ComposerView(session, log);
const views = [
  new HeadView(session),
  new ConnectionView(session),
  new RoomsView(session, openRoom),
  new PeopleView(session),
  new ProfileView(session, signOut),
  log,
  composer,
];

start();

function start() {
  addEventListener('hashchange', () => onAddress());
  byId('skip').addEventListener('click', (/** @type {Event} */ event) => {
    event.preventDefault();
    composer.focus();
  });
  setInterval(tick, TICK_MS);
  const name = sessionStorage.getItem(NAME_KEY);
  const room = roomInAddress();
  enter.show({ name, room });
  if (name && room) {
    signIn({ name, room, token: '' });
  }
}

/** @param {{name: string, room: string, token: string}} entry */
async function signIn({ name, room, token }) {
  identity = { userId: userIdFrom(name), username: name, token, first: '' };
  try {
    if (!token) {
      identity.first = await developmentToken(identity); // or says at once that there is none
    }
    await session.start(room);
    sessionStorage.setItem(NAME_KEY, name);
    showRoomInAddress();
    enter.hide();
    render();
    composer.focus();
  } catch (error) {
    session.stop();
    if (error instanceof TokenNeeded) {
      enter.askForToken();
    }
    enter.fail(error.message);
  }
}

function signOut() {
  session.stop();
  sessionStorage.removeItem(NAME_KEY);
  forgetAll();
  enter.show();
}

/** The token for the next connection: the one typed in, or a fresh one. */
async function token() {
  const { token, first } = identity;
  identity.first = '';
  return token || first || developmentToken(identity);
}

function endpoint() {
  const url = new URL('parley/v1', document.baseURI);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url;
}

// The room in the address -----------------------------------------------------------------------

function roomInAddress() {
  const match = /^#\/(.+)$/.exec(location.hash);
  return match ? roomNameFrom(decodeURIComponent(match[1])) : null;
}

function showRoomInAddress() {
  const hash = session.active ? `#/${encodeURIComponent(session.active.name)}` : '#/';
  if (location.hash !== hash) {
    history.pushState(null, '', hash);
  }
}

async function onAddress() {
  const room = roomInAddress();
  if (room && !byId('app').hidden && room !== session.active?.name) {
    try {
      await openRoom(room);
    } catch (error) {
      notice(`You cannot enter ${room}: ${error.message}`);
      showRoomInAddress();
    }
  }
}

/** @param {string} name */
async function openRoom(name) {
  await session.open(name);
  showRoomInAddress();
  render();
  composer.focus();
}

// Drawing ---------------------------------------------------------------------------------------

/** Draws once for all that changed meanwhile. A hidden page has no frames, but a title. */
function schedule() {
  if (!scheduled) {
    scheduled = true;
    if (document.visibilityState === 'visible') {
      requestAnimationFrame(render);
    } else {
      setTimeout(render, 100);
    }
  }
}

function render() {
  scheduled = false;
  if (!byId('app').hidden) {
    views.forEach((view) => view.render());
  }
}

function tick() {
  if (session.active?.expireTyping()) {
    schedule();
  }
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let noticeTimer;

/** @param {string} text */
function notice(text) {
  const element = byId('notice');
  clearTimeout(noticeTimer);
  element.textContent = text;
  noticeTimer = setTimeout(() => {
    element.textContent = '';
  }, NOTICE_MS);
}
