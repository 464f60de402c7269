/**
 * The small bar of what can be done with a message. There is one for the whole log; it stands in the
 * message that is pointed at or has the focus.
 */

import { el, icon } from '../dom.js';

const REACTIONS = [
  ['👍', 'thumbs up'],
  ['❤️', 'a heart'],
  ['😂', 'laughter'],
  ['🎉', 'a party popper'],
  ['👀', 'eyes'],
];

const MARGIN_PX = 24;

export class Tools {
  /** @param {(action: string, key: string, emoji?: string) => void} onAction */
  constructor(onAction) {
    this.element = el(
      'div',
      { class: 'tools', role: 'toolbar', 'aria-label': 'About this message' },
      ...REACTIONS.map(([emoji, name]) =>
        el(
          'button',
          { type: 'button', 'data-emoji': emoji, 'aria-label': `React with ${name}` },
          el('span', { class: 'emoji' }, emoji),
        ),
      ),
      el(
        'button',
        { type: 'button', 'data-action': 'edit', 'aria-label': 'Edit', title: 'Edit' },
        icon('edit'),
      ),
      el(
        'button',
        { type: 'button', 'data-action': 'delete', 'aria-label': 'Delete', title: 'Delete', class: 'danger' },
        icon('delete'),
      ),
    );
    this.element.addEventListener('click', (/** @type {any} */ event) => {
      const { action, emoji } = event.target.closest('button')?.dataset ?? {};
      const key = this.element.closest('.message')?.dataset.key;
      if (key && (action || emoji)) {
        onAction(action ?? 'react', key, emoji);
      }
    });
    this.element.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#onKey(event));
  }

  /** Moves into a message. @param {HTMLElement} element @param {boolean} own */
  enter(element, own) {
    const box = /** @type {HTMLElement} */ (element.querySelector('.bubble-box'));
    if (this.element.parentElement === box) {
      return;
    }
    this.leave();
    this.element.querySelectorAll('[data-action]').forEach((/** @type {any} */ button) => {
      button.hidden = !own;
    });
    box.append(this.element);
    reachable(element, true);
    this.element.dataset.place = this.#place(box, own);
  }

  leave() {
    const element = this.element.closest('.message');
    if (element) {
      reachable(element, false);
      this.element.remove();
    }
  }

  /** Beside the message if there is room, else over its upper or lower edge. */
  #place(/** @type {HTMLElement} */ box, /** @type {boolean} */ own) {
    const frame = box.closest('.log')?.getBoundingClientRect() ?? box.getBoundingClientRect();
    const { left, right, top } = box.getBoundingClientRect();
    const { width, height } = this.element.getBoundingClientRect();
    const room = own ? left - frame.left : frame.right - right;
    if (room > width + MARGIN_PX) {
      return 'beside';
    }
    return top - frame.top > height ? 'above' : 'below';
  }

  /** Arrows walk along the bar, as in any toolbar. @param {KeyboardEvent} event */
  #onKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) {
      return;
    }
    const buttons = [...this.element.querySelectorAll('button:not([hidden])')];
    const at = buttons.indexOf(document.activeElement);
    buttons[(at + step + buttons.length) % buttons.length].focus();
    event.preventDefault();
  }
}

/** Whether Tab stops at the reactions: only where the tools are, or it would stop at hundreds. */
function reachable(/** @type {Element} */ element, /** @type {boolean} */ yes) {
  element.querySelectorAll('.chip').forEach((/** @type {any} */ chip) => {
    chip.tabIndex = yes ? 0 : -1;
  });
}
