/**
 * A client for Parley's native protocol, in one file without dependencies. Copy it.
 *
 *     import { Parley } from './parley.js';
 *
 *     const parley = new Parley({ url: 'wss://example.org/parley/v1', token: fetchToken });
 *     parley.on('chat.message', (event) => console.log(event.username, event.content));
 *     await parley.connect();
 *     await parley.join('lobby');
 *     await parley.deliver('chat.send', { room: 'lobby', content: 'Hello' });
 *
 * What it takes care of:
 *
 * - **Requests.** `request` sends a command with an id and resolves with its `ok`, or rejects with a
 *   {@link ParleyError}. `send` is for commands that want no answer.
 * - **Connection.** A lost one is replaced, after a delay that doubles and is random, so that the
 *   clients of a restarted server do not all come at once. A silent one is noticed by `ping`.
 * - **Resume.** For every joined room it remembers the position of the last durable event, and takes
 *   up all rooms there on the next connection. What was missed arrives in order, once.
 * - **Delivery.** `deliver` keeps a command until the server has stored it, across any number of
 *   connections, always with the same `client_message_id`, so it is never stored twice.
 *
 * Its states:
 *
 *     closed ── connect() ──▶ connecting ── welcome, resumed ──▶ open
 *       ▲                       ▲    │                            │
 *       │ close(), or refused   │    └──── failed ───┐  ┌── lost ─┘
 *       │ for good              └──── delay over ── waiting
 *       └─────────────────────────────────────────────┘
 */

/** Why a command failed. `code` is the server's, or `CONNECTION_LOST`, `TIMEOUT`, `QUEUE_FULL`. */
export class ParleyError extends Error {
  /**
   * @param {string} code
   * @param {string} text for people
   * @param {{field?: string, retryAfter?: number}} [details] field at fault; seconds to wait
   */
  constructor(code, text, { field, retryAfter } = {}) {
    super(text);
    this.name = 'ParleyError';
    this.code = code;
    this.field = field;
    this.retryAfter = retryAfter;
  }
}

/** Close codes after which the same client would only be refused again. */
const FINAL_CLOSE_CODES = new Set([1002, 1007, 1008, 4403]);
/** The server restarts: it, or another node, takes us at once. */
const RESTARTING = 1012;
/** Errors that pass: the command may be sent again unchanged. */
const PASSING = new Set(['UNAVAILABLE', 'RATE_LIMIT_EXCEEDED', 'TIMEOUT']);

const DEFAULTS = {
  minDelayMs: 500,
  maxDelayMs: 15_000,
  requestTimeoutMs: 10_000,
  pingIntervalMs: 25_000,
  pongTimeoutMs: 10_000,
  maxWaiting: 500,
};

/** A connection that lasted this long was good: the next delay starts small again. */
const STABLE_MS = 5_000;

/** @typedef {'closed' | 'connecting' | 'open' | 'waiting'} State */
/** @typedef {{seq: number, epoch: string}} Position */
/** @typedef {Record<string, any> & {type: string}} Frame */

export class Parley {
  #options;
  /** @type {Map<string, Set<(event: any) => void>>} */
  #listeners = new Map();
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {State} */
  #state = 'closed';
  /** Counts openings, so that what belongs to an earlier one is recognised. */
  #opening = 0;
  #failures = 0;
  #openedAt = 0;
  #heardAt = 0;
  #askedAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retryTimer;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #heartbeat;
  #lastId = 0;
  /** Requests under way, by id. @type {Map<string, Pending>} */
  #pending = new Map();
  /** Rooms to be in, with the last position seen; null until joined once. */
  #rooms = /** @type {Map<string, Position | null>} */ (new Map());
  /** Deliveries that wait, by room. @type {Map<string, Lane>} */
  #lanes = new Map();
  #welcome = /** @type {Frame | null} */ (null);
  #lastError = /** @type {Frame | null} */ (null);

  /**
   * @param {object} options
   * @param {string | URL} options.url of the endpoint, `ws:` or `wss:`
   * @param {string | (() => string | Promise<string>)} options.token the bearer token; as a function
   *   it is asked before every connection and when the token is about to expire
   * @param {number} [options.minDelayMs] bound of the first delay before a reconnect
   * @param {number} [options.maxDelayMs] bound of all later ones
   * @param {number} [options.requestTimeoutMs]
   * @param {number} [options.pingIntervalMs] silence after which the server is asked for a sign
   * @param {number} [options.pongTimeoutMs] silence after that which ends the connection
   * @param {number} [options.maxWaiting] deliveries kept per room
   */
  constructor(options) {
    this.#options = { ...DEFAULTS, ...options };
  }

  /** @returns {State} */
  get state() {
    return this.#state;
  }

  /** The user as the server knows them; null before the first welcome. */
  get user() {
    return this.#welcome?.user ?? null;
  }

  /** The names of the rooms to be in. */
  get rooms() {
    return [...this.#rooms.keys()];
  }

  /**
   * Listens to a type of server event, to all (`*`), or to what the client itself says:
   *
   * - `state` `{state, delay?, retryAt?, code?, error?}`: where the connection is, and while waiting
   *   for how many ms and until when
   * - `joined` `{room, seq, epoch, recovered?, …}`: in the room, for the first time or again. Unless
   *   `recovered`, what was missed does not follow: read `chat.history`
   * - `refused` `{room, error}`: this room could not be taken up again
   * - `error`: an error that answers no request
   *
   * @param {string} type
   * @param {(event: any) => void} listener
   * @returns {() => void} ends it
   */
  on(type, listener) {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /**
   * Opens the connection and keeps one open until `close`. Resolves once it is open; rejects if the
   * server refuses for good.
   *
   * @returns {Promise<void>}
   */
  connect() {
    if (this.#state === 'open') {
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const off = this.on('state', ({ state, error }) => {
        if (state === 'open') {
          off();
          resolve();
        } else if (state === 'closed') {
          off();
          reject(error);
        }
      });
      if (this.#state === 'closed') {
        this.#watch(true);
        this.#open();
      }
    });
  }

  /** Ends the connection and forgets the rooms. Whatever waits is rejected. */
  close() {
    this.#end(new ParleyError('CONNECTION_LOST', 'Closed'));
  }

  /** Ends a delay: reconnects now. */
  retryNow() {
    if (this.#state === 'waiting') {
      this.#open();
    }
  }

  /**
   * Sends a command and resolves with its answer.
   *
   * @param {string} type
   * @param {Record<string, unknown>} [fields]
   * @returns {Promise<Frame>}
   */
  request(type, fields = {}) {
    return this.#state === 'open' ? this.#call(type, fields) : Promise.reject(notConnected());
  }

  /** A request on whatever socket there is. @returns {Promise<Frame>} */
  #call(/** @type {string} */ type, /** @type {Record<string, unknown>} */ fields) {
    return new Promise((resolve, reject) => {
      const id = String(++this.#lastId);
      if (!this.#write({ type, id, ...fields })) {
        reject(notConnected());
        return;
      }
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new ParleyError('TIMEOUT', 'The server did not answer in time'));
      }, this.#options.requestTimeoutMs);
      this.#pending.set(id, { resolve, reject, timer });
    });
  }

  /**
   * Sends a command that wants no answer, such as `chat.typing`.
   *
   * @param {string} type
   * @param {Record<string, unknown>} [fields]
   * @returns {boolean} whether it was sent: only while open
   */
  send(type, fields = {}) {
    return this.#state === 'open' && this.#write({ type, ...fields });
  }

  /**
   * Sends a durable command to a room and sees to it that it is stored, exactly once: it is sent
   * again, with the same `client_message_id`, after a lost connection and after errors that pass.
   * One room's deliveries go one after the other, so their order is kept.
   *
   * @param {string} type such as `chat.send`
   * @param {Record<string, unknown> & {room: string, client_message_id?: string}} fields
   * @returns {Promise<Frame>} the `ok`; rejects only if the server refuses for good
   */
  deliver(type, fields) {
    return new Promise((resolve, reject) => {
      const lane = this.#lanes.get(fields.room) ?? { queue: [], busy: false };
      if (lane.queue.length >= this.#options.maxWaiting) {
        reject(new ParleyError('QUEUE_FULL', 'Too much is waiting to be sent'));
        return;
      }
      this.#lanes.set(fields.room, lane);
      lane.queue.push({ type, fields: { client_message_id: uniqueId(), ...fields }, resolve, reject });
      this.#drain(fields.room, lane);
    });
  }

  /**
   * Enters a room and stays in it across connections, until `leave`; waits for a connection if there
   * is none. Every entry, this one too, is told to the listeners of `joined`.
   *
   * @param {string} room
   * @returns {Promise<Frame>} the answer
   */
  async join(room) {
    this.#rooms.set(room, this.#rooms.get(room) ?? null);
    if (this.#state !== 'open') {
      return this.#untilJoined(room);
    }
    try {
      return await this.#enter(room);
    } catch (error) {
      if (error.code === 'CONNECTION_LOST') {
        return this.#untilJoined(room);
      }
      this.#rooms.delete(room);
      throw error;
    }
  }

  /**
   * Leaves a room for good; rejects without a connection, and then one is still in it.
   *
   * @param {string} room
   */
  async leave(room) {
    await this.request('room.leave', { room });
    this.#rooms.delete(room);
  }

  // The connection ------------------------------------------------------------------------------

  async #open() {
    const opening = ++this.#opening;
    clearTimeout(this.#retryTimer);
    this.#lastError = null;
    this.#setState('connecting');
    let token;
    try {
      token = await this.#token();
    } catch (error) {
      if (opening === this.#opening) {
        this.#onLost(0, error);
      }
      return;
    }
    if (opening !== this.#opening) {
      return;
    }
    const socket = new WebSocket(this.#options.url, ['parley.bearer', token]);
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#onFrame(JSON.parse(data));
    socket.onclose = ({ code, reason }) => this.#onLost(code, this.#closeError(code, reason));
    this.#startHeartbeat();
  }

  #token() {
    const { token } = this.#options;
    return typeof token === 'function' ? token() : token;
  }

  /** @param {number} code @param {string} reason */
  #closeError(code, reason) {
    return FINAL_CLOSE_CODES.has(code) && this.#lastError
      ? toError(this.#lastError)
      : new ParleyError('CONNECTION_LOST', reason || `The connection was closed (${code})`);
  }

  /** @param {Frame} welcome */
  async #onWelcome(welcome) {
    const earlier = this.#welcome?.connection_id;
    this.#welcome = welcome;
    const opening = this.#opening;
    try {
      await this.#resume(earlier);
    } catch (error) {
      if (opening === this.#opening) {
        this.#drop(error);
      }
      return;
    }
    if (opening !== this.#opening) {
      return;
    }
    this.#openedAt = Date.now();
    this.#setState('open');
    this.#lanes.forEach((lane, room) => this.#drain(room, lane));
  }

  /** @param {number} code @param {Error} error */
  #onLost(code, error) {
    this.#opening++;
    this.#detach();
    this.#rejectPending();
    if (FINAL_CLOSE_CODES.has(code)) {
      this.#end(error, code);
      return;
    }
    const wasStable = this.#openedAt > 0 && Date.now() - this.#openedAt > STABLE_MS;
    this.#openedAt = 0;
    this.#failures = wasStable || code === RESTARTING ? 1 : this.#failures + 1;
    const { minDelayMs, maxDelayMs } = this.#options;
    const delay = Math.random() * Math.min(maxDelayMs, minDelayMs * 2 ** (this.#failures - 1));
    this.#retryTimer = setTimeout(() => this.#open(), delay);
    this.#setState('waiting', { delay, retryAt: Date.now() + delay, code, error });
  }

  /** Gives a connection up without waiting for the other side. @param {Error} error */
  #drop(error) {
    this.#socket?.close();
    this.#onLost(0, error);
  }

  /** @param {Error} error @param {number} [code] */
  #end(error, code) {
    this.#opening++;
    clearTimeout(this.#retryTimer);
    this.#watch(false);
    this.#socket?.close(1000);
    this.#detach();
    this.#rejectPending();
    this.#lanes.forEach(({ queue }) => queue.splice(0).forEach(({ reject }) => reject(error)));
    this.#lanes.clear();
    this.#rooms.clear();
    this.#welcome = null;
    this.#failures = 0;
    this.#openedAt = 0;
    this.#setState('closed', { code, error });
  }

  #detach() {
    clearInterval(this.#heartbeat);
    if (this.#socket) {
      this.#socket.onmessage = this.#socket.onclose = null;
      this.#socket = null;
    }
  }

  /** @param {State} state @param {object} [details] */
  #setState(state, details = {}) {
    this.#state = state;
    this.#emit('state', { state, ...details });
  }

  // Frames --------------------------------------------------------------------------------------

  /** @param {object} frame @returns {boolean} whether there was a socket to write to */
  #write(frame) {
    if (this.#socket?.readyState !== WebSocket.OPEN) {
      return false;
    }
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** @param {Frame} frame */
  #onFrame(frame) {
    this.#heardAt = Date.now();
    switch (frame.type) {
      case 'welcome':
        this.#onWelcome(frame);
        break;
      case 'pong':
      case 'ok':
        this.#take(frame.id)?.resolve(frame);
        break;
      case 'error':
        this.#onError(frame);
        break;
      case 'session.expiring':
        this.#refreshToken();
        break;
      default:
        this.#onEvent(frame);
    }
  }

  /** @param {Frame} frame */
  #onError(frame) {
    const pending = this.#take(frame.id);
    if (pending) {
      pending.reject(toError(frame));
    } else {
      this.#lastError = frame;
      this.#emit('error', toError(frame));
    }
  }

  /** @param {Frame} event */
  #onEvent(event) {
    if (event.type === 'room.reset') {
      this.#onJoined(event.room, { ...event, recovered: false });
      return;
    }
    const position = this.#rooms.get(event.room);
    if (position && event.seq && event.epoch) {
      if (event.seq <= position.seq) {
        return;
      }
      this.#rooms.set(event.room, { seq: event.seq, epoch: event.epoch });
    }
    this.#emit(event.type, event);
    this.#emit('*', event);
  }

  /** @param {string} id */
  #take(id) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    clearTimeout(pending?.timer);
    return pending;
  }

  #rejectPending() {
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new ParleyError('CONNECTION_LOST', 'The connection was lost'));
    }
    this.#pending.clear();
  }

  /** @param {string} type @param {any} event */
  #emit(type, event) {
    this.#listeners.get(type)?.forEach((listener) => listener(event));
  }

  async #refreshToken() {
    const opening = this.#opening;
    try {
      const token = await this.#token();
      if (opening === this.#opening) {
        await this.#call('auth', { token });
      }
    } catch {
      // The server closes with 4401, and the next connection asks for a token again.
    }
  }

  // Rooms and their positions -------------------------------------------------------------------

  /** @param {string} room */
  async #enter(room) {
    const position = this.#rooms.get(room);
    const since = position ? { since: position.seq, epoch: position.epoch } : {};
    const answer = await this.#call('room.join', { room, ...since });
    this.#onJoined(room, answer);
    return answer;
  }

  /**
   * Notes where a room goes on. This runs before the next frame is handled, so that no missed event
   * comes too early: an answer's promise is settled before the socket's next message.
   *
   * @param {string} room
   * @param {Frame | Position & {recovered?: boolean}} answer
   */
  #onJoined(room, answer) {
    if (!this.#rooms.has(room)) {
      return; // left meanwhile
    }
    if (!answer.recovered) {
      this.#rooms.set(room, { seq: answer.seq, epoch: answer.epoch });
    }
    this.#emit('joined', { ...answer, room });
  }

  /** @param {string} room @returns {Promise<Frame>} */
  #untilJoined(room) {
    return new Promise((resolve, reject) => {
      /** @param {() => void} settle */
      const finish = (settle) => {
        offs.forEach((off) => off());
        settle();
      };
      const offs = [
        this.on('joined', (answer) => answer.room === room && finish(() => resolve(answer))),
        this.on('refused', (answer) => answer.room === room && finish(() => reject(answer.error))),
        this.on('state', ({ state, error }) => state === 'closed' && finish(() => reject(error))),
      ];
    });
  }

  /** Takes up all rooms on a new connection. @param {string | undefined} connection the old one */
  async #resume(connection) {
    const known = [...this.#rooms].filter(([, position]) => position);
    const fresh = [...this.#rooms].filter(([, position]) => !position);
    if (known.length) {
      const rooms = Object.fromEntries(known);
      const answer = await this.#call('session.resume', { connection, rooms, topics: [] });
      for (const [room, outcome] of Object.entries(answer.rooms)) {
        if (outcome.code) {
          this.#refuse(room, toError(outcome));
        } else {
          this.#onJoined(room, outcome);
        }
      }
    }
    await Promise.all(fresh.map(([room]) => this.#enterAgain(room)));
  }

  /** @param {string} room */
  async #enterAgain(room) {
    try {
      await this.#enter(room);
    } catch (error) {
      if (error.code === 'CONNECTION_LOST' || PASSING.has(error.code)) {
        throw error;
      }
      this.#refuse(room, error);
    }
  }

  /** @param {string} room @param {Error} error */
  #refuse(room, error) {
    this.#rooms.delete(room);
    this.#emit('refused', { room, error });
  }

  // Deliveries ----------------------------------------------------------------------------------

  /** @param {string} room @param {Lane} lane */
  async #drain(room, lane) {
    if (lane.busy) {
      return;
    }
    lane.busy = true;
    let failures = 0;
    while (lane.queue.length && this.#state === 'open') {
      const head = lane.queue[0];
      try {
        const answer = await this.request(head.type, head.fields);
        lane.queue.shift();
        head.resolve(answer);
        failures = 0;
      } catch (error) {
        if (error.code === 'CONNECTION_LOST') {
          break; // drained again when the next connection is open
        }
        if (PASSING.has(error.code)) {
          await pause(error.retryAfter * 1000 || this.#options.minDelayMs * 2 ** failures);
          failures = Math.min(failures + 1, 5);
        } else if (lane.queue[0] === head) {
          lane.queue.shift();
          head.reject(error);
        }
      }
    }
    lane.busy = false;
    if (!lane.queue.length && this.#lanes.get(room) === lane) {
      this.#lanes.delete(room);
    }
  }

  // Is anybody there? ---------------------------------------------------------------------------

  #startHeartbeat() {
    const { pingIntervalMs, pongTimeoutMs } = this.#options;
    this.#heardAt = Date.now();
    this.#askedAt = 0;
    clearInterval(this.#heartbeat);
    this.#heartbeat = setInterval(() => {
      const asked = this.#askedAt > this.#heardAt;
      if (asked && Date.now() - this.#askedAt > pongTimeoutMs) {
        this.#drop(new ParleyError('CONNECTION_LOST', 'The server is silent'));
      } else if (!asked && Date.now() - this.#heardAt > pingIntervalMs) {
        this.#ask();
      }
    }, Math.min(pingIntervalMs, pongTimeoutMs) / 2);
  }

  /** Asks for a sign of life; counted from the asking, since a hidden page's timers come late. */
  #ask() {
    this.#askedAt = Date.now();
    this.#write({ type: 'ping' });
  }

  /** The network is back, or somebody looks at the page again: no need to wait any longer. */
  #onWake = () => {
    if (globalThis.document?.visibilityState === 'hidden') {
      return;
    }
    this.retryNow();
    if (this.#state === 'open') {
      this.#ask();
    }
  };

  /** @param {boolean} on */
  #watch(on) {
    const change = on ? 'addEventListener' : 'removeEventListener';
    globalThis[change]?.('online', this.#onWake);
    globalThis.document?.[change]('visibilitychange', this.#onWake);
  }
}

/**
 * @typedef {object} Pending a request under way
 * @property {(answer: Frame) => void} resolve
 * @property {(error: Error) => void} reject
 * @property {ReturnType<typeof setTimeout>} timer
 *
 * @typedef {object} Delivery
 * @property {string} type
 * @property {Record<string, unknown>} fields
 * @property {(answer: Frame) => void} resolve
 * @property {(error: Error) => void} reject
 *
 * @typedef {object} Lane the deliveries of one room
 * @property {Delivery[]} queue the first one is under way
 * @property {boolean} busy
 */

/** A name that no other has; good for `client_message_id`. Works without a secure context too. */
export function uniqueId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function notConnected() {
  return new ParleyError('CONNECTION_LOST', 'Not connected');
}

/** @param {Record<string, any>} frame */
function toError(frame) {
  return new ParleyError(frame.code ?? 'INTERNAL_ERROR', frame.error ?? 'Failed', {
    field: frame.field,
    retryAfter: frame.retry_after,
  });
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
