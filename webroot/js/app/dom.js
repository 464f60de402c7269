/** The few things that every view needs of the DOM. Text enters as text, never as markup. */

const SVG = 'http://www.w3.org/2000/svg';

/** The element with this id, which index.html has. @param {string} id @returns {any} */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * @param {string} tag
 * @param {Record<string, any>} [properties] `class`, `data-…`, `aria-…` and `role` as attributes,
 *   `on…` as listeners, all else as properties
 * @param {...(Node | string | null | false)} children
 * @returns {any}
 */
export function el(tag, properties = {}, ...children) {
  const element = /** @type {any} */ (document.createElement(tag));
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'class' || name === 'role' || name.includes('-')) {
      element.setAttribute(name, value);
    } else {
      element[name] = value;
    }
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

/** One of the drawings in index.html. @param {string} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  return svg;
}

/** Writes only what differs, so that nothing is announced or laid out twice. */
export function setText(/** @type {Element} */ element, /** @type {string} */ text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/**
 * Makes the children of a container those of a list, keeping the elements of items that stay.
 *
 * @template {{key: string}} T
 * @param {Element} container
 * @param {T[]} items with keys that no other item has
 * @param {(item: T) => Element} create an element, still empty
 * @param {(element: any, item: T) => void} update called when an item differs from the last time
 */
export function reconcile(container, items, create, update) {
  const present = new Map(Array.from(container.children, (child) => [keys.get(child), child]));
  const wanted = new Set(items.map(({ key }) => key));
  present.forEach((child, key) => wanted.has(key) || child.remove());
  let next = container.firstElementChild;
  for (const item of items) {
    const element = present.get(item.key) ?? create(item);
    const print = JSON.stringify(item);
    if (prints.get(element) !== print) {
      keys.set(element, item.key);
      prints.set(element, print);
      update(element, item);
    }
    if (element === next) {
      next = next.nextElementSibling;
    } else {
      container.insertBefore(element, next);
    }
  }
}

/** What [reconcile] knows of the elements it made. */
const keys = new WeakMap();
const prints = new WeakMap();
