/**
 * Notifications and topics over a WebSocket, for pages of any kind: a classic script that makes
 * `wsClient`. It speaks the dialect of `/ws` (aether), reconnects, and asks by REST while there is
 * no socket.
 *
 *     <script src="/static/websocket.js"></script>
 *     wsClient.subscribe(['notifications', 'jobs']);
 *     wsClient.on('notification', (frame) => …);
 *     wsClient.onConnectionStatus((status, data) => …);
 *
 * It connects by itself, as a guest where the server admits guests. With `data-manual` on the script
 * it waits for `wsClient.connect({ token })`.
 */
(function () {
  'use strict';

  const FIRST_DELAY_MS = 1_000;
  const GROWTH = 1.5;
  const MAX_DELAY_MS = 30_000;
  const JITTER = 0.2;
  const MAX_TRIES = 10;
  const PING_MS = 25_000;
  const POLL_MS = 15_000;
  const POLL_TIMEOUT_MS = 10_000;
  const TOKEN_PROTOCOL = 'parley.bearer';
  const POLICY_VIOLATION = 1008;

  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const base = new URL(script?.dataset.server ?? '/', document.baseURI);

  /** @type {Map<string, Set<(frame: any) => void>>} */
  const listeners = new Map();
  /** @type {Set<(status: string, data: object) => void>} */
  const statusListeners = new Set();
  const topics = new Set(['notifications']);

  /** @type {WebSocket | null} */
  let socket = null;
  let token = '';
  let status = 'disconnected';
  let details = {};
  let clientId = '';
  let tries = 0;
  /** @type {number | undefined} */ let reconnectTimer;
  /** @type {number | undefined} */ let pingTimer;
  /** @type {number | undefined} */ let pollTimer;

  /** Connects, now; also after it was given up. @param {{token?: string}} [options] */
  function connect(options = {}) {
    token = options.token ?? token;
    tries = 0;
    drop();
    open('connecting');
  }

  /** Closes the connection and stays so. */
  function disconnect() {
    drop();
    stopPolling();
    setStatus('disconnected', { reason: 'closed' });
  }

  /** @param {string} how `connecting` or `reconnecting` */
  function open(how) {
    setStatus(how, { attempt: tries });
    startPolling();
    const url = new URL('ws', base);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const opened = token ? new WebSocket(url, [TOKEN_PROTOCOL, token]) : new WebSocket(url);
    socket = opened;
    opened.onmessage = ({ data }) => socket === opened && onFrame(JSON.parse(data));
    opened.onclose = ({ code, reason }) => socket === opened && onClosed(code, reason);
  }

  /** @param {any} frame */
  function onFrame(frame) {
    if (frame.type === 'connection') {
      onConnected(frame.client_id);
    }
    emit(frame.type, frame);
    if (frame.type === 'batch') {
      frame.events.forEach((/** @type {any} */ event) => emit(event.type, event));
    }
  }

  /** @param {string} id */
  function onConnected(id) {
    clientId = id;
    tries = 0;
    stopPolling();
    pingTimer = window.setInterval(() => send({ type: 'ping' }), PING_MS);
    if (!topics.has('notifications')) {
      send({ type: 'unsubscribe', topics: ['notifications'] });
    }
    if (topics.size > 0) {
      send({ type: 'subscribe', topics: [...topics] });
    }
    setStatus('connected', { clientId });
  }

  /** @param {number} code @param {string} reason */
  function onClosed(code, reason) {
    drop();
    if (code === POLICY_VIOLATION || tries >= MAX_TRIES) {
      setStatus('disconnected', { code, reason });
      startPolling();
      return;
    }
    const delay = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * GROWTH ** tries);
    const spread = delay * (1 + JITTER * (2 * Math.random() - 1));
    tries++;
    setStatus('reconnecting', { attempt: tries, of: MAX_TRIES, in: Math.round(spread) });
    startPolling();
    reconnectTimer = window.setTimeout(() => open('reconnecting'), spread);
  }

  /** Forgets the socket there is, and what was to come. */
  function drop() {
    window.clearTimeout(reconnectTimer);
    window.clearInterval(pingTimer);
    const old = socket;
    socket = null;
    clientId = '';
    if (old && old.readyState <= WebSocket.OPEN) {
      old.close(1000);
    }
  }

  // Without a socket ----------------------------------------------------------------------------

  function startPolling() {
    if (pollTimer === undefined) {
      pollTimer = window.setInterval(poll, POLL_MS);
    }
  }

  function stopPolling() {
    window.clearInterval(pollTimer);
    pollTimer = undefined;
  }

  async function poll() {
    if (isConnected()) {
      return;
    }
    try {
      const answer = await request('GET', 'api/v1/notifications?limit=50');
      emit('initial_state', { type: 'initial_state', data: answer, polled: true });
    } catch (failure) {
      emit('poll_failed', { type: 'poll_failed', error: String(failure) });
    }
  }

  /**
   * A call of the REST beside the socket.
   *
   * @param {string} method
   * @param {string} path
   * @returns {Promise<any>} fails with an Error that has `status`
   */
  async function request(method, path) {
    const response = await fetch(new URL(path, base), {
      method,
      headers: token ? { Authorization: `Bearer ${token}` } : {},
      signal: AbortSignal.timeout(POLL_TIMEOUT_MS),
    });
    if (!response.ok) {
      throw Object.assign(new Error(`${method} ${path}: ${response.status}`), {
        status: response.status,
      });
    }
    return response.json();
  }

  // What pages use -------------------------------------------------------------------------------

  /** @param {string[]} wanted */
  function subscribe(wanted) {
    wanted.forEach((topic) => topics.add(topic));
    send({ type: 'subscribe', topics: wanted });
  }

  /** @param {string[]} unwanted */
  function unsubscribe(unwanted) {
    unwanted.forEach((topic) => topics.delete(topic));
    send({ type: 'unsubscribe', topics: unwanted });
  }

  /** @param {object} frame @returns {boolean} whether it is on its way */
  function send(frame) {
    if (socket?.readyState !== WebSocket.OPEN) {
      return false;
    }
    socket.send(JSON.stringify(frame));
    return true;
  }

  /** Calls `listener` for frames of a type; `*` for all. */
  function on(/** @type {string} */ type, /** @type {(frame: any) => void} */ listener) {
    listeners.set(type, (listeners.get(type) ?? new Set()).add(listener));
  }

  function off(/** @type {string} */ type, /** @type {(frame: any) => void} */ listener) {
    listeners.get(type)?.delete(listener);
  }

  /** Calls `listener` with how the connection is, now and whenever that changes. */
  function onConnectionStatus(/** @type {(status: string, data: object) => void} */ listener) {
    statusListeners.add(listener);
    listener(status, details);
  }

  function isConnected() {
    return status === 'connected';
  }

  function setStatus(/** @type {string} */ next, /** @type {object} */ data) {
    status = next;
    details = data;
    statusListeners.forEach((listener) => guarded(() => listener(next, data)));
  }

  function emit(/** @type {string} */ type, /** @type {any} */ frame) {
    for (const name of [type, '*']) {
      listeners.get(name)?.forEach((listener) => guarded(() => listener(frame)));
    }
  }

  /** A listener that fails keeps nobody else from hearing. */
  function guarded(/** @type {() => void} */ call) {
    try {
      call();
    } catch (failure) {
      window.setTimeout(() => {
        throw failure;
      });
    }
  }

  /** @type {any} */ (window).wsClient = {
    connect,
    disconnect,
    subscribe,
    unsubscribe,
    on,
    off,
    onConnectionStatus,
    isConnected,
    getClientId: () => clientId,
    send,
    request,
  };

  if (script?.dataset.manual === undefined) {
    connect();
  }
})();
