import { colourOf } from '../colours.js';
import { el, setText } from '../dom.js';
import { initials } from '../format.js';

/** A round patch with initials. The name is always written beside it, so it is hidden from readers. */
export function avatar(/** @type {string} */ userId, /** @type {string} */ username) {
  return dress(el('span', { class: 'avatar', 'aria-hidden': 'true' }), userId, username);
}

/** Makes an avatar that of a user. @param {HTMLElement} element @param {string} userId @param {string} username */
export function dress(element, userId, username) {
  element.dataset.colour = String(colourOf(userId));
  setText(element, initials(username));
  return element;
}
