/** What is known of users' presence, on whatever room it was learnt. */

/** @typedef {{userId: string, username: string, status: string, statusMessage: string, lastSeen: string | null}} Person */

/** Enough for the members shown of some rooms; beyond it the one longest unheard of is forgotten. */
const MAX_PEOPLE = 2_000;

export class People {
  /** @type {Map<string, Person>} */
  #people = new Map();

  /** @param {any} frame of `presence.changed` or `presence.get` */
  update(frame) {
    this.#people.delete(frame.user_id);
    this.#people.set(frame.user_id, {
      userId: frame.user_id,
      username: frame.username ?? frame.user_id,
      status: frame.status,
      statusMessage: frame.status_message ?? '',
      lastSeen: frame.last_seen ?? null,
    });
    if (this.#people.size > MAX_PEOPLE) {
      const [eldest] = this.#people.keys();
      this.#people.delete(eldest);
    }
  }

  /** @param {string} userId @param {string} [username] @returns {Person} */
  get(userId, username = userId) {
    return (
      this.#people.get(userId) ?? {
        userId,
        username,
        status: 'offline',
        statusMessage: '',
        lastSeen: null,
      }
    );
  }

  /** @param {string} userId */
  knows(userId) {
    return this.#people.has(userId);
  }
}
