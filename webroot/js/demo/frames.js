/** The frames that went either way, newest first; the oldest go. */

import { el, setText, byId } from '../app/dom.js';

const MAX = 300;
const MAX_CHARS = 4_000;

export class FrameLog {
  #list = byId('frames');
  #count = 0;
  #paused = false;

  /** @param {'in' | 'out'} direction @param {string} text @param {any} frame */
  add(direction, text, frame) {
    this.#count++;
    setText(byId('frames-count'), `${this.#count}`);
    if (this.#paused) {
      return;
    }
    this.#list.prepend(entry(direction, text, frame));
    if (this.#list.childElementCount > MAX) {
      this.#list.lastElementChild?.remove();
    }
  }

  /** @param {boolean} paused */
  pause(paused) {
    this.#paused = paused;
  }

  clear() {
    this.#list.replaceChildren();
  }
}

/** @param {'in' | 'out'} direction @param {string} text @param {any} frame */
function entry(direction, text, frame) {
  const shown = text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS)}…` : text;
  return el(
    'li',
    { class: 'frame', 'data-direction': direction, 'data-type': frame?.type ?? '' },
    el('span', { class: 'frame-way', title: direction === 'in' ? 'from the server' : 'to the server' }, direction === 'in' ? '↓' : '↑'),
    el('time', { class: 'frame-time' }, new Date().toLocaleTimeString(undefined, { hour12: false })),
    el('code', { class: 'frame-text' }, shown),
  );
}
