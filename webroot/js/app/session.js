/**
 * Everything behind the views: the connection, the rooms, the people, and what the user can do.
 * Views read its fields and are told by `onChange` that something is different.
 */

import { Parley, uniqueId } from '../parley.js';
import * as outbox from './outbox.js';
import { People } from './people.js';
import { Room } from './room.js';

const PAGE = 50;
const MEMBERS_SHOWN = 200;
/** Rooms of an earlier visit that are entered again. */
const ROOMS_ENTERED = 30;
const TYPING_EVERY_MS = 3_000;
const PRESENCE_BATCH_MS = 80;
const READ_AT_MOST_EVERY_MS = 400;

export class Session {
  /** @type {Parley} */
  #parley;
  #onChange;
  #onNotice;
  /** @type {Set<string>} */
  #presenceWanted = new Set();
  #typingSaidAt = 0;
  #typingIn = '';
  /** Whether the server was told of the status that was set here last. */
  #statusSaid = true;
  /** Rooms whose read mark is on its way. */
  #marking = new Set();

  /**
   * @param {object} options
   * @param {URL} options.url
   * @param {() => Promise<string>} options.token
   * @param {() => void} options.onChange
   * @param {(text: string) => void} options.onNotice something that the user should know once
   */
  constructor({ url, token, onChange, onNotice }) {
    this.#parley = new Parley({ url, token });
    this.#onChange = onChange;
    this.#onNotice = onNotice;
    /** @type {{state: string, retryAt?: number, code?: number, error?: Error}} */
    this.connection = { state: 'closed' };
    /** @type {Map<string, Room>} */
    this.rooms = new Map();
    this.people = new People();
    /** @type {Room | null} */
    this.active = null;
    this.me = { userId: '', username: '' };
    this.status = { status: 'online', statusMessage: '' };
    /** Whether that is what was set, here or in another tab, and no mere guess. */
    this.statusKnown = false;
    this.#listen();
  }

  #listen() {
    const parley = this.#parley;
    parley.on('state', (detail) => this.#onState(detail));
    parley.on('joined', (answer) => this.#onEntered(answer));
    parley.on('refused', ({ room, error }) => this.#onRefused(room, error));
    parley.on('error', (error) => this.#onNotice(error.message));
    this.#onRoom('chat.message', (room, event) => this.#onMessage(room, event));
    this.#onRoom('chat.edited', (room, event) => room.onEdited(event));
    this.#onRoom('chat.deleted', (room, event) => room.onDeleted(event));
    this.#onRoom('chat.reaction', (room, event) => room.onReaction(event));
    this.#onRoom('chat.read', (room, event) => room.onRead(event));
    this.#onRoom('chat.typing', (room, event) => room.onTyping(event));
    this.#onRoom('room.joined', (room, event) => this.#onArrived(room, event, event.members));
    this.#onRoom('room.left', (room, event) => room.onLeft(event, event.members));
    this.#onRoom('room.members_changed', (room, event) => {
      event.joined.forEach((/** @type {any} */ member) => this.#onArrived(room, member, event.members));
      event.left.forEach((/** @type {any} */ member) => room.onLeft(member, event.members));
    });
    parley.on('presence.changed', (event) => this.#onPresence(event));
  }

  /** @param {string} type @param {(room: Room, event: any) => void} handle */
  #onRoom(type, handle) {
    this.#parley.on(type, (event) => {
      const room = this.rooms.get(event.room);
      if (room) {
        handle(room, event);
        this.#onChange();
      }
    });
  }

  // Coming and going ----------------------------------------------------------------------------

  /** Connects and enters a first room. Rejects if the server refuses. @param {string} room */
  async start(room) {
    await this.#parley.connect();
    await this.open(room);
    this.#resendKept();
  }

  stop() {
    this.#parley.close();
    this.rooms.clear();
    this.active = null;
    this.statusKnown = false;
    this.status = { status: 'online', statusMessage: '' };
  }

  retryNow() {
    if (this.connection.state === 'closed') {
      const rooms = [...this.rooms.keys()];
      this.#parley.connect().catch(() => {}); // the state says so
      rooms.forEach((room) => this.#parley.join(room).catch(() => {}));
    } else {
      this.#parley.retryNow();
    }
  }

  /** Enters a room, if need be, and shows it. @param {string} name */
  async open(name) {
    const known = this.rooms.get(name);
    if (!known) {
      const room = this.#add(name);
      try {
        await this.#parley.join(name);
      } catch (error) {
        if (!room.joined) {
          this.rooms.delete(name);
        }
        throw error;
      }
    }
    this.#show(this.rooms.get(name) ?? null);
  }

  /** @param {Room | null} room */
  #show(room) {
    if (this.active !== room) {
      this.setTyping(false);
      this.active?.trim();
      this.active = room;
      room?.drawNewLine();
    }
    this.#onChange();
  }

  /** Leaves a room for good and shows another. @param {Room} room */
  async leave(room) {
    try {
      await this.#parley.leave(room.name);
    } catch (error) {
      this.#onNotice(`You have not left ${room.name}: ${error.message}`);
      return;
    }
    this.rooms.delete(room.name);
    if (this.active === room) {
      this.#show(this.rooms.values().next().value ?? null);
    }
    this.#onChange();
  }

  /** @param {string} name */
  #add(name) {
    const room = new Room(name, this.me.userId);
    this.rooms.set(name, room);
    return room;
  }

  /** @param {any} detail */
  #onState(detail) {
    this.connection = detail;
    if (detail.state === 'open') {
      const { user_id: userId, username } = this.#parley.user;
      this.me = { userId, username };
      this.#keepStatus();
      this.rooms.forEach((room) => this.#sayRead(room));
      this.#readRooms().catch(() => {}); // lost again: the next connection reads them
    }
    this.#onChange();
  }

  /** The rooms of earlier visits, with what is unread there. */
  async #readRooms() {
    const { rooms } = await this.#parley.request('room.list');
    for (const { room: name, unread } of rooms) {
      const room = this.rooms.get(name);
      if (room) {
        room.unread = room === this.active && room.loaded ? room.unread : unread;
      } else if (this.rooms.size < ROOMS_ENTERED) {
        this.#add(name).unread = unread;
        this.#parley.join(name).catch(() => this.rooms.delete(name));
      }
    }
    this.#onChange();
  }

  /** @param {any} answer of `room.join`, or how the room goes on after a resume */
  async #onEntered(answer) {
    const room = this.rooms.get(answer.room);
    if (!room) {
      return;
    }
    room.joined = true;
    try {
      if (!answer.recovered || !room.loaded) {
        await this.#readNewest(room);
      }
      await this.#readMembers(room, answer);
    } catch {
      // Lost again: the next connection comes back here.
    }
    this.#onChange();
  }

  /** @param {string} name @param {Error} error */
  #onRefused(name, error) {
    const room = this.rooms.get(name);
    this.rooms.delete(name);
    this.#onNotice(`You are no longer in ${name}: ${error.message}`);
    if (room === this.active) {
      this.#show(this.rooms.values().next().value ?? null);
    }
    this.#onChange();
  }

  // Messages ------------------------------------------------------------------------------------

  /** @param {Room} room */
  async #readNewest(room) {
    room.restart(await this.#parley.request('chat.history', { room: room.name, limit: PAGE }));
    this.#wantPresence(room.messages.map(({ userId }) => userId));
    if (room === this.active) {
      room.drawNewLine();
    }
  }

  /** The page before the first message. @param {Room} room */
  async readOlder(room) {
    if (!room.hasOlder || room.loading || this.connection.state !== 'open') {
      return;
    }
    room.loading = true;
    this.#onChange();
    try {
      const before = room.firstSeq;
      room.prepend(
        await this.#parley.request('chat.history', { room: room.name, before, limit: PAGE }),
      );
    } catch (error) {
      this.#onNotice(`Older messages could not be read: ${error.message}`);
    }
    room.loading = false;
    this.#onChange();
  }

  /** @param {Room} room @param {any} event */
  #onMessage(room, event) {
    const isNew = room.onMessage(event);
    if (isNew && room === this.active && !room.newFrom && document.visibilityState === 'hidden') {
      room.drawNewLine();
    }
    if (!this.people.knows(event.user_id)) {
      this.#wantPresence([event.user_id]);
    }
  }

  /** @param {Room} room @param {string} content */
  send(room, content) {
    const { userId, username } = this.me;
    const clientMessageId = uniqueId();
    const at = new Date().toISOString();
    outbox.keep({ userId, room: room.name, clientMessageId, content, at });
    const message = room.addUnsent({ clientMessageId, username, content, at });
    room.newFrom = null;
    this.setTyping(false);
    this.#deliver(room, message);
  }

  /** Tries a refused message again. @param {Room} room @param {string} key */
  resend(room, key) {
    const message = room.find(key);
    if (message?.status === 'failed') {
      message.status = 'sending';
      this.#deliver(room, message);
    }
  }

  /** Gives an unsent message up. @param {Room} room @param {string} key */
  discard(room, key) {
    outbox.forget(room.find(key)?.clientMessageId ?? '');
    room.dropUnsent(key);
    this.#onChange();
  }

  /** @param {Room} room @param {import('./room.js').Message} message */
  async #deliver(room, message) {
    this.#onChange();
    try {
      const answer = await this.#parley.deliver('chat.send', {
        room: room.name,
        content: message.content,
        content_type: 'text',
        client_message_id: message.clientMessageId,
      });
      room.confirm(message, answer);
      outbox.forget(message.clientMessageId ?? '');
    } catch (error) {
      message.status = 'failed';
      message.error = error.message;
    }
    this.#onChange();
  }

  /** What was on its way when the page was reloaded. */
  #resendKept() {
    for (const draft of outbox.kept(this.me.userId)) {
      const room = this.rooms.get(draft.room);
      if (room && !room.messages.some((one) => one.clientMessageId === draft.clientMessageId)) {
        this.#deliver(room, room.addUnsent({ ...draft, username: this.me.username }));
      } else if (room) {
        outbox.forget(draft.clientMessageId);
      }
    }
  }

  /** @param {Room} room @param {string} messageId @param {string} content */
  edit(room, messageId, content) {
    return this.#try('chat.edit', { room: room.name, message_id: messageId, content });
  }

  /** @param {Room} room @param {string} messageId */
  remove(room, messageId) {
    return this.#try('chat.delete', { room: room.name, message_id: messageId });
  }

  /** @param {Room} room @param {string} messageId @param {string} emoji @param {boolean} added */
  react(room, messageId, emoji, added) {
    return this.#try('chat.react', { room: room.name, message_id: messageId, emoji, added });
  }

  /** @param {string} type @param {Record<string, unknown>} fields @returns {Promise<boolean>} */
  async #try(type, fields) {
    try {
      await this.#parley.request(type, fields);
      return true;
    } catch (error) {
      this.#onNotice(`That did not work: ${error.message}`);
      return false;
    }
  }

  /** The user sees the end of a room. @param {Room} room */
  markRead(room) {
    if (room.lastSeq > room.readUpTo || room.unread) {
      room.markRead(room.lastSeq);
      this.#onChange();
    }
    this.#sayRead(room);
  }

  /** Tells the server, not too often; later if there is no connection. @param {Room} room */
  #sayRead(room) {
    const seq = room.readUpTo;
    if (seq <= room.readSaid || this.#marking.has(room) || this.connection.state !== 'open') {
      return;
    }
    room.readSaid = seq;
    this.#marking.add(room);
    this.#parley.request('chat.read', { room: room.name, seq }).catch((error) => {
      room.readSaid = error.code === 'CONNECTION_LOST' ? 0 : seq;
    });
    setTimeout(() => {
      this.#marking.delete(room);
      this.#sayRead(room);
    }, READ_AT_MOST_EVERY_MS);
  }

  // People --------------------------------------------------------------------------------------

  /** @param {boolean} typing in the room that is shown */
  setTyping(typing) {
    const room = this.active?.name ?? '';
    const said = this.#typingIn === room && Date.now() - this.#typingSaidAt < TYPING_EVERY_MS;
    if (typing ? said : !this.#typingIn) {
      return;
    }
    this.#parley.send('chat.typing', { room: typing ? room : this.#typingIn, typing });
    this.#typingIn = typing ? room : '';
    this.#typingSaidAt = Date.now();
  }

  /** @param {string} status @param {string} statusMessage */
  setStatus(status, statusMessage) {
    this.status = { status, statusMessage };
    this.statusKnown = true;
    this.#statusSaid = false;
    this.#keepStatus();
    this.#onChange();
  }

  /**
   * Whoever was offline for long starts as online; what was set before is set again. A page that has
   * just come asks instead, since another tab may have set something.
   */
  #keepStatus() {
    const { status, statusMessage } = this.status;
    if (this.connection.state !== 'open') {
      return;
    }
    if (!this.statusKnown) {
      this.#wantPresence([this.me.userId]);
    } else if (!this.#statusSaid || status !== 'online' || statusMessage) {
      this.#statusSaid = true;
      this.#try('presence.set', { status, status_message: statusMessage });
    }
  }

  /** @param {any} event */
  #onPresence(event) {
    this.people.update(event);
    if (event.user_id === this.me.userId && event.cause === 'status') {
      this.#learnStatus(event);
    }
    this.#onChange();
  }

  /** @param {any} own presence of this user */
  #learnStatus(own) {
    this.status = { status: own.status, statusMessage: own.status_message ?? '' };
    this.statusKnown = true;
  }

  /** @param {Room} room @param {any} member @param {number} count */
  #onArrived(room, member, count) {
    room.onJoined(member, count);
    this.#wantPresence([member.user_id]);
  }

  /** @param {Room} room @param {any} answer */
  async #readMembers(room, answer) {
    const page = answer.members
      ? { members: answer.members, total: answer.count }
      : await this.#parley.request('room.members', { room: room.name, limit: MEMBERS_SHOWN });
    room.setMembers(page.members, page.total);
    this.#wantPresence([...room.members.keys()]);
  }

  /** Asks for presences, those wanted at about the same time together. @param {string[]} users */
  #wantPresence(users) {
    if (users.length && !this.#presenceWanted.size) {
      setTimeout(() => this.#readPresence(), PRESENCE_BATCH_MS);
    }
    users.forEach((user) => this.#presenceWanted.add(user));
  }

  async #readPresence() {
    const [userIds, rest] = split([...this.#presenceWanted], MEMBERS_SHOWN);
    this.#presenceWanted.clear();
    this.#wantPresence(rest);
    try {
      const { users } = await this.#parley.request('presence.get', { user_ids: userIds });
      users.forEach((/** @type {any} */ user) => this.people.update(user));
      const own = users.find((/** @type {any} */ user) => user.user_id === this.me.userId);
      if (own && own.status !== 'offline' && !this.statusKnown) {
        this.#learnStatus(own);
      }
      this.#onChange();
    } catch {
      // Lost: asked again when the rooms are entered again.
    }
  }
}

/** @template T @param {T[]} list @param {number} at @returns {[T[], T[]]} */
function split(list, at) {
  return [list.slice(0, at), list.slice(at)];
}
