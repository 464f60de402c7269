/** A connection in the dialect `connect`, which comes back by itself until it is closed. */

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 10_000;
const TOKEN_PROTOCOL = 'parley.bearer';
const POLICY_VIOLATION = 1008;
const FORCED = 4403;

export class DemoSocket {
  /** @type {WebSocket | null} */
  #socket = null;
  #token = '';
  #tries = 0;
  /** @type {number | undefined} */
  #timer;
  /** What is sent again on each new connection, by name. @type {Map<string, object>} */
  #lasting = new Map();

  /**
   * @param {{onState: (state: string, text: string) => void,
   *   onFrame: (direction: 'in' | 'out', text: string, frame: any) => void}} listener
   */
  constructor(listener) {
    this.listener = listener;
  }

  /** @param {string} token */
  open(token) {
    this.close();
    this.#token = token;
    this.#tries = 0;
    this.#connect();
  }

  close() {
    window.clearTimeout(this.#timer);
    const old = this.#socket;
    this.#socket = null;
    old?.close(1000);
    this.listener.onState('closed', 'Not connected');
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** @param {object} frame @returns {boolean} whether it is on its way */
  send(frame) {
    return this.sendText(JSON.stringify(frame), frame);
  }

  /** @param {string} text @param {any} frame @returns {boolean} */
  sendText(text, frame) {
    if (!this.isOpen) {
      return false;
    }
    /** @type {WebSocket} */ (this.#socket).send(text);
    this.listener.onFrame('out', text, frame);
    return true;
  }

  /** Sends a frame now and on each new connection. @param {string} name @param {object} frame */
  keep(name, frame) {
    this.#lasting.set(name, frame);
    this.send(frame);
  }

  /** Ends that. @param {string} name @param {object} frame sent instead, once */
  release(name, frame) {
    if (this.#lasting.delete(name)) {
      this.send(frame);
    }
  }

  #connect() {
    const url = new URL('ws/connect?client_type=web', document.baseURI);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url, [TOKEN_PROTOCOL, this.#token]);
    this.#socket = socket;
    this.listener.onState('connecting', this.#tries === 0 ? 'Connecting…' : `Connection lost, try ${this.#tries}`);
    socket.onmessage = ({ data }) => socket === this.#socket && this.#onFrame(data);
    socket.onclose = ({ code, reason }) => socket === this.#socket && this.#onClosed(code, reason);
  }

  /** @param {string} text */
  #onFrame(text) {
    const frame = JSON.parse(text);
    this.listener.onFrame('in', text, frame);
    if (frame.type === 'connection_established') {
      this.#tries = 0;
      this.listener.onState('open', `Connected as ${frame.user_id}`);
      this.#lasting.forEach((lasting) => this.send(lasting));
    }
  }

  /** @param {number} code @param {string} reason */
  #onClosed(code, reason) {
    this.#socket = null;
    if (code === POLICY_VIOLATION || code === FORCED) {
      this.listener.onState('closed', `Closed: ${reason || code}`);
      return;
    }
    const delay = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#tries) * (0.5 + Math.random());
    this.#tries++;
    this.listener.onState('connecting', `Connection lost, try ${this.#tries}`);
    this.#timer = window.setTimeout(() => this.#connect(), delay);
  }
}
