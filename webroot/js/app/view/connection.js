/** How the connection is doing: a word in the head of the room, a line below it when it is down. */

import { byId, setText } from '../dom.js';

/** @type {Record<string, string>} */
const WORDS = {
  connecting: 'Connecting',
  open: 'Connected',
  waiting: 'Reconnecting',
  closed: 'Disconnected',
};

/** A connection that is back sooner needs no banner. */
const PATIENCE_MS = 600;

export class ConnectionView {
  #pill = byId('connection');
  #banner = byId('banner');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #downSince = 0;

  /** @param {import('../session.js').Session} session */
  constructor(session) {
    this.session = session;
    byId('banner-retry').addEventListener('click', () => session.retryNow());
    addEventListener('online', () => this.render());
    addEventListener('offline', () => this.render());
  }

  render() {
    const { state } = this.session.connection;
    this.#downSince = state === 'open' ? 0 : this.#downSince || Date.now();
    // Between two attempts it is still the same reconnecting.
    const shown = state === 'connecting' && this.#failed() ? 'waiting' : state;
    this.#pill.dataset.state = shown;
    setText(byId('connection-text'), WORDS[shown]);
    this.#showBanner();
  }

  #failed() {
    return this.session.active !== null;
  }

  #showBanner() {
    clearTimeout(this.#timer);
    const { state, retryAt = 0, error } = this.session.connection;
    const since = this.#downSince ? Date.now() - this.#downSince : 0;
    this.#banner.hidden = state === 'open' || since < PATIENCE_MS;
    byId('banner-retry').hidden = state === 'connecting';
    setText(byId('banner-text'), text(state, retryAt, error));
    if (state !== 'open' && state !== 'closed') {
      this.#timer = setTimeout(() => this.#showBanner(), since < PATIENCE_MS ? PATIENCE_MS : 1000);
    }
  }
}

/** @param {string} state @param {number} retryAt @param {Error} [error] */
function text(state, retryAt, error) {
  if (state === 'closed') {
    return `You were disconnected: ${error?.message ?? 'the server closed the connection'}`;
  }
  if (!navigator.onLine) {
    return 'You are offline. What you write is sent when you are back.';
  }
  const seconds = Math.ceil((retryAt - Date.now()) / 1000);
  const next = state === 'waiting' && seconds > 1 ? ` Next try in ${seconds} s.` : ' Trying again…';
  return `The connection is lost. What you write is kept and sent later.${next}`;
}
