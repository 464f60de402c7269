/**
 * One room as this page knows it: a fold of its events and of the pages of its history. Knows
 * nothing of the connection or the DOM.
 */

/** Older messages are dropped from memory beyond this many; they can be loaded again. */
const MAX_MESSAGES = 1_000;
/** The server ends typing after 6 s; this is for the case that its word gets lost. */
const TYPING_MS = 8_000;

/**
 * @typedef {object} Message
 * @property {string} key stays the same from the first keystroke sent to the stored message
 * @property {number} seq where it stands; 0 until stored
 * @property {string} [messageId]
 * @property {string} [clientMessageId]
 * @property {string} userId
 * @property {string} username
 * @property {string} content
 * @property {string} at
 * @property {boolean} edited
 * @property {boolean} deleted
 * @property {Record<string, string[]>} reactions users by emoji
 * @property {'sending' | 'stored' | 'failed'} status
 * @property {string} [error] why it failed
 */

export class Room {
  /** @type {Message[]} */
  #messages = [];
  /** Own messages that are not stored yet. @type {Message[]} */
  #unsent = [];

  /** @param {string} name @param {string} me */
  constructor(name, me) {
    this.name = name;
    this.me = me;
    this.joined = false;
    this.loaded = false;
    this.loading = false;
    this.hasOlder = false;
    this.unread = 0;
    this.readUpTo = 0;
    /** As far as the server was told of it. */
    this.readSaid = 0;
    /** The first message that was new when the room was looked at. @type {string | null} */
    this.newFrom = null;
    this.memberCount = 0;
    /** @type {Map<string, string>} user name by id */
    this.members = new Map();
    /** How far others have read, by user. @type {Map<string, number>} */
    this.marks = new Map();
    /** @type {Map<string, {username: string, until: number}>} */
    this.typing = new Map();
    this.draft = '';
  }

  /** All messages in order, those not yet stored last. */
  get messages() {
    return [...this.#messages, ...this.#unsent];
  }

  get lastSeq() {
    return this.#messages.at(-1)?.seq ?? 0;
  }

  get firstSeq() {
    return this.#messages[0]?.seq ?? 0;
  }

  /** @param {string} key */
  find(key) {
    return this.messages.find((message) => message.key === key);
  }

  /** Own messages that wait or failed. */
  get unsent() {
    return this.#unsent;
  }

  // History -------------------------------------------------------------------------------------

  /** The newest page, in place of all that was known. @param {any} page of `chat.history` */
  restart(page) {
    this.#messages = [];
    this.loaded = true;
    this.hasOlder = page.more;
    page.messages.forEach((/** @type {any} */ frame) => this.#store(frame));
  }

  /** A page before the first. @param {any} page of `chat.history` */
  prepend(page) {
    this.hasOlder = page.more;
    page.messages.forEach((/** @type {any} */ frame) => this.#store(frame));
  }

  /** Forgets what is far back, while nobody looks there. */
  trim() {
    if (this.#messages.length > MAX_MESSAGES) {
      this.#messages = this.#messages.slice(-MAX_MESSAGES / 2);
      this.hasOlder = true;
    }
  }

  // Own messages --------------------------------------------------------------------------------

  /**
   * @param {{clientMessageId: string, username: string, content: string, at: string}} draft
   * @returns {Message}
   */
  addUnsent({ clientMessageId, username, content, at }) {
    const message = {
      key: `c${clientMessageId}`,
      seq: 0,
      clientMessageId,
      userId: this.me,
      username,
      content,
      at,
      edited: false,
      deleted: false,
      reactions: {},
      status: /** @type {const} */ ('sending'),
    };
    this.#unsent.push(message);
    return message;
  }

  /** @param {string} key */
  dropUnsent(key) {
    this.#unsent = this.#unsent.filter((message) => message.key !== key);
  }

  /** The server has it. @param {Message} message @param {any} answer to `chat.send` */
  confirm(message, { seq, message_id: messageId, timestamp }) {
    if (this.#unsent.includes(message)) {
      this.#place({ ...message, seq, messageId, at: timestamp ?? message.at, status: 'stored' });
    }
  }

  // Events --------------------------------------------------------------------------------------

  /** @param {any} event @returns {boolean} whether it is news for the reader */
  onMessage(event) {
    this.typing.delete(event.user_id);
    if (this.#messages.some(({ seq }) => seq === event.seq)) {
      return false; // a page of history brought it, as it was then or later
    }
    this.#store(event);
    const isNew = event.user_id !== this.me && event.seq > this.readUpTo;
    if (isNew) {
      this.unread++;
    }
    return isNew;
  }

  /** @param {any} event */
  onEdited(event) {
    this.#change(event, (message) => ({ ...message, content: event.content, edited: true }));
  }

  /** @param {any} event */
  onDeleted(event) {
    this.#change(event, (message) => ({ ...message, content: '', deleted: true, reactions: {} }));
  }

  /** @param {any} event */
  onReaction(event) {
    this.#change(event, (message) => {
      /** @type {Record<string, string[]>} */
      const reactions = { ...message.reactions, [event.emoji]: event.users };
      if (!event.users.length) {
        delete reactions[event.emoji];
      }
      return { ...message, reactions };
    });
  }

  /** @param {any} event */
  onRead(event) {
    if (event.user_id === this.me) {
      this.readSaid = Math.max(this.readSaid, event.up_to);
      this.markRead(event.up_to);
    } else {
      const before = this.marks.get(event.user_id) ?? 0;
      this.marks.set(event.user_id, Math.max(event.up_to, before));
    }
  }

  /** @param {any} event */
  onTyping(event) {
    if (event.typing && event.user_id !== this.me) {
      const until = Date.now() + TYPING_MS;
      this.typing.set(event.user_id, { username: event.username, until });
    } else {
      this.typing.delete(event.user_id);
    }
  }

  /** Whoever has not been heard of for too long types no more. @returns {boolean} a change */
  expireTyping() {
    const before = this.typing.size;
    this.typing.forEach(({ until }, user) => until < Date.now() && this.typing.delete(user));
    return this.typing.size !== before;
  }

  /** @param {any[]} members @param {number} count */
  setMembers(members, count) {
    this.members = new Map(members.map((member) => [member.user_id, member.username]));
    this.memberCount = count;
  }

  /** @param {any} member @param {number} count */
  onJoined(member, count) {
    this.members.set(member.user_id, member.username);
    this.memberCount = count;
  }

  /** @param {any} member @param {number} count */
  onLeft(member, count) {
    this.members.delete(member.user_id);
    this.typing.delete(member.user_id);
    this.memberCount = count;
  }

  // Reading -------------------------------------------------------------------------------------

  /** Everything up to here was seen. @param {number} seq */
  markRead(seq) {
    this.readUpTo = Math.max(this.readUpTo, seq);
    const after = this.#messages.filter((one) => one.userId !== this.me && one.seq > this.readUpTo);
    this.unread = after.length;
  }

  /** Draws the line above what is unread now. */
  drawNewLine() {
    const others = this.#messages.filter(({ userId }) => userId !== this.me);
    this.newFrom = this.unread ? (others.at(-this.unread) ?? others[0])?.key ?? null : null;
  }

  /** Names of others who have read up to each message, by its key. */
  readers() {
    /** @type {Map<string, string[]>} */
    const byKey = new Map();
    for (const [user, seq] of this.marks) {
      const last = this.#messages.findLast((message) => message.seq <= seq);
      if (last) {
        byKey.set(last.key, [...(byKey.get(last.key) ?? []), user]);
      }
    }
    return byKey;
  }

  // ---------------------------------------------------------------------------------------------

  /** @param {any} frame of `chat.message` or of a page of history */
  #store(frame) {
    this.#place({
      key: `s${frame.seq}`,
      seq: frame.seq,
      messageId: frame.message_id,
      clientMessageId: frame.client_message_id,
      userId: frame.user_id,
      username: frame.username,
      content: frame.content ?? '',
      at: frame.timestamp,
      edited: Boolean(frame.edited_at),
      deleted: Boolean(frame.deleted),
      reactions: frame.reactions ?? {},
      status: 'stored',
    });
  }

  /**
   * Puts a stored message where its seq says, once; what waited under the same client id is it.
   *
   * @param {Message} message
   */
  #place(message) {
    const at = this.#messages.findLastIndex(({ seq }) => seq <= message.seq);
    const known = this.#messages[at];
    if (known?.seq === message.seq) {
      this.#messages[at] = { ...message, key: known.key };
      return;
    }
    const waiting = this.#unsent.find(
      ({ userId, clientMessageId }) =>
        userId === message.userId && clientMessageId === message.clientMessageId,
    );
    this.#unsent = this.#unsent.filter((unsent) => unsent !== waiting);
    this.#messages.splice(at + 1, 0, { ...message, key: waiting?.key ?? message.key });
  }

  /** @param {any} event @param {(message: Message) => Message} change */
  #change(event, change) {
    const at = this.#messages.findIndex(({ messageId }) => messageId === event.message_id);
    if (at >= 0) {
      this.#messages[at] = change(this.#messages[at]);
    }
  }
}
