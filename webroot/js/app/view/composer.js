/** The field to write in: for a new message, or for one that is changed. */

import { byId, setText } from '../dom.js';

/** After so long without a key nobody types any more. */
const TYPING_PAUSE_MS = 4_000;

export class ComposerView {
  #form = byId('composer');
  #field = byId('message');
  #editing = byId('editing');
  /** @type {import('../room.js').Room | null} */
  #room = null;
  /** The message that is changed. @type {string | null} */
  #editedKey = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;

  /**
   * @param {import('../session.js').Session} session
   * @param {import('./log.js').LogView} log
   */
  constructor(session, log) {
    this.session = session;
    this.log = log;
    this.#form.addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#onKey(event));
    this.#field.addEventListener('input', () => this.#onInput());
    this.#field.addEventListener('blur', () => this.session.setTyping(false));
    byId('editing-cancel').addEventListener('click', () => this.#stopEditing());
  }

  render() {
    const room = this.session.active;
    if (room !== this.#room) {
      this.#changeRoom(room);
    }
    const name = room?.name ?? '';
    setText(byId('message-label'), room ? `Message to ${name}` : 'Message');
    this.#field.placeholder = room ? `Write to ${name}` : '';
    this.#field.disabled = !room;
    const edited = this.#editedKey && room?.find(this.#editedKey);
    if (this.#editedKey && (!edited || edited.deleted)) {
      this.#stopEditing();
    }
    this.#showSend();
  }

  focus() {
    this.#field.focus();
  }

  /** Puts an own message into the field. @param {string} key */
  edit(key) {
    const message = this.#room?.find(key);
    if (!message || !this.#room) {
      return;
    }
    if (!this.#editedKey) {
      this.#room.draft = this.#field.value;
    }
    this.#editedKey = key;
    this.#editing.hidden = false;
    this.#form.classList.add('is-editing');
    this.#write(message.content);
    this.focus();
  }

  #stopEditing() {
    this.#editedKey = null;
    this.#editing.hidden = true;
    this.#form.classList.remove('is-editing');
    this.#write(this.#room?.draft ?? '');
    this.focus();
  }

  /** @param {import('../room.js').Room | null} room */
  #changeRoom(room) {
    if (this.#room && !this.#editedKey) {
      this.#room.draft = this.#field.value;
    }
    this.#room = room;
    this.#editedKey = null;
    this.#editing.hidden = true;
    this.#form.classList.remove('is-editing');
    this.#write(room?.draft ?? '');
  }

  async #submit() {
    const room = this.#room;
    const text = this.#field.value.trim();
    if (!room || !text) {
      return;
    }
    if (this.#editedKey) {
      const message = room.find(this.#editedKey);
      if (message && message.content !== text) {
        const done = await this.session.edit(room, message.messageId ?? '', text);
        if (!done) {
          return; // what was written stays in the field
        }
      }
      this.#stopEditing();
      return;
    }
    room.draft = '';
    this.#write('');
    this.session.send(room, text);
    this.log.toEnd();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === 'Escape' && this.#editedKey) {
      this.#stopEditing();
    } else if (event.key === 'ArrowUp' && !this.#field.value && !this.#editedKey) {
      event.preventDefault();
      this.#editLast();
    }
  }

  #editLast() {
    const own = this.#room?.messages.findLast(
      (one) => one.userId === this.session.me.userId && one.status === 'stored' && !one.deleted,
    );
    if (own) {
      this.edit(own.key);
    }
  }

  #onInput() {
    this.#grow();
    this.#showSend();
    clearTimeout(this.#pause);
    const typing = !this.#editedKey && Boolean(this.#field.value.trim());
    this.session.setTyping(typing);
    if (typing) {
      this.#pause = setTimeout(() => this.session.setTyping(false), TYPING_PAUSE_MS);
    }
  }

  /** @param {string} text */
  #write(text) {
    clearTimeout(this.#pause);
    this.#field.value = text;
    this.#grow();
    this.#showSend();
  }

  /** As high as its text, up to the bound that the style sheet sets. */
  #grow() {
    this.#field.style.height = 'auto';
    this.#field.style.height = `${this.#field.scrollHeight}px`;
  }

  /** `aria-disabled`, so that the focus is not lost when the field is emptied by sending. */
  #showSend() {
    const empty = !this.#field.value.trim();
    byId('send').setAttribute('aria-disabled', String(empty));
    byId('send').setAttribute('aria-label', this.#editedKey ? 'Save' : 'Send');
  }
}
