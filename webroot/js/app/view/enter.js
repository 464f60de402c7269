/** The first thing one sees: a name, a room, and in. */

import { byId } from '../dom.js';
import { roomNameFrom } from '../names.js';

export class EnterView {
  #form = byId('enter-form');
  #error = byId('enter-error');
  #submit = byId('enter-submit');

  /** @param {(entry: {name: string, room: string, token: string}) => Promise<void>} onEnter */
  constructor(onEnter) {
    this.onEnter = onEnter;
    this.#form.addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#enter();
    });
  }

  /** @param {{name?: string | null, room?: string | null}} [entry] what to fill in; else it stays */
  show({ name, room } = {}) {
    const fields = this.#form.elements;
    fields.name.value = name || fields.name.value;
    fields.room.value = room || fields.room.value;
    byId('enter').hidden = false;
    byId('app').hidden = true;
    document.title = 'Parley';
    (fields.name.value ? fields.room : fields.name).focus();
  }

  hide() {
    byId('enter').hidden = true;
    byId('app').hidden = false;
  }

  /** The server gives out no tokens. */
  askForToken() {
    byId('enter-token-field').hidden = false;
    this.#form.elements.token.focus();
  }

  /** @param {string} text @param {HTMLInputElement} [field] */
  fail(text, field) {
    this.#error.textContent = text;
    field?.setAttribute('aria-invalid', 'true');
    field?.focus();
  }

  async #enter() {
    const { name, room, token } = this.#form.elements;
    this.#error.textContent = '';
    [name, room, token].forEach((field) => field.removeAttribute('aria-invalid'));
    const roomName = roomNameFrom(room.value);
    if (!name.value.trim()) {
      this.fail('Pick a name first.', name);
    } else if (!roomName) {
      this.fail('A room has a name of letters, digits and . _ - : @', room);
    } else {
      this.#submit.setAttribute('aria-busy', 'true');
      await this.onEnter({ name: name.value.trim(), room: roomName, token: token.value.trim() });
      this.#submit.removeAttribute('aria-busy');
    }
  }
}
