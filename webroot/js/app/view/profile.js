/** The user's own name and status, and the panel to change it. */

import { byId, setText } from '../dom.js';
import { dress } from './avatar.js';
import { statusWord } from './people.js';

export class ProfileView {
  #form = byId('profile-form');
  #panel = byId('profile');

  /**
   * @param {import('../session.js').Session} session
   * @param {() => void} onSignOut
   */
  constructor(session, onSignOut) {
    this.session = session;
    this.#panel.addEventListener('beforetoggle', (/** @type {any} */ event) => {
      if (event.newState === 'open') {
        this.#fill();
      }
    });
    this.#form.addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault();
      const { status, message } = this.#form.elements;
      this.session.setStatus(status.value, message.value.trim());
      this.#panel.hidePopover();
    });
    byId('sign-out').addEventListener('click', () => {
      this.#panel.hidePopover();
      onSignOut();
    });
  }

  render() {
    const { me, status } = this.session;
    dress(byId('me-avatar'), me.userId, me.username);
    setText(byId('me-name'), me.username);
    setText(byId('me-status'), status.statusMessage || statusWord(status.status));
    byId('me-dot').dataset.status = status.status;
  }

  /** Shows what is so now, with the focus on the status that is set. */
  #fill() {
    const { status, message } = this.#form.elements;
    status.value = this.session.status.status;
    message.value = this.session.status.statusMessage;
    status.forEach((/** @type {HTMLInputElement} */ choice) => {
      choice.autofocus = choice.checked;
    });
  }
}
