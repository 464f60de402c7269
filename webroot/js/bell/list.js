/** The notifications that the bell knows, newest first. */

const MAX = 50;

export class NotificationList {
  /** @type {any[]} */
  items = [];
  unread = 0;

  /** @param {any[]} items newest first @param {number} unread */
  replace(items, unread) {
    this.items = items.slice(0, MAX);
    this.unread = unread;
  }

  /** @param {any} item */
  add(item) {
    if (!this.items.some(({ id }) => id === item.id)) {
      this.items = [item, ...this.items].slice(0, MAX);
      this.unread += item.read ? 0 : 1;
    }
  }

  /** What changed of one; without an id, or with `all`, of all. @param {any} change */
  update(change) {
    if (change.all || change.id === undefined) {
      this.readAll();
      return;
    }
    this.items = this.items.map((item) => (item.id === change.id ? this.#changed(item, change) : item));
  }

  readAll() {
    this.items = this.items.map((item) => ({ ...item, read: true }));
    this.unread = 0;
  }

  /** @param {string} id */
  remove(id) {
    const gone = this.items.find((item) => item.id === id);
    this.items = this.items.filter((item) => item !== gone);
    this.unread -= gone && !gone.read ? 1 : 0;
  }

  /** @param {any} item @param {any} change */
  #changed(item, change) {
    this.unread -= change.read && !item.read ? 1 : 0;
    return { ...item, ...change };
  }
}
