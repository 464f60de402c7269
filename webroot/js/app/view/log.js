/** The messages of the room that is shown: what stands there, and where it is scrolled. */

import { byId, reconcile, setText } from '../dom.js';
import { dayKey, dayName, plural } from '../format.js';
import { confirm } from './confirm.js';
import { createLine, updateLine } from './message.js';
import { Tools } from './tools.js';

/** Messages of one person that follow each other this closely stand together. */
const GROUP_MS = 5 * 60_000;
/** This near the end counts as at the end. */
const NEAR_END_PX = 60;
/** This near the top loads what is older. */
const NEAR_TOP_PX = 240;

export class LogView {
  #log = byId('log');
  #list = byId('messages');
  #start = byId('log-start');
  #jump = byId('jump');
  #tools = new Tools((action, key, emoji) => this.#act(action, key, emoji));
  /** @type {import('../room.js').Room | null} */
  #room = null;
  #atEnd = true;
  /** By which a scroll of the reader is told from one that a change of size brings. */
  #size = '';
  #seenSeq = 0;

  /**
   * @param {import('../session.js').Session} session
   * @param {(key: string) => void} onEdit
   */
  constructor(session, onEdit) {
    this.session = session;
    this.onEdit = onEdit;
    this.#log.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    this.#log.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#onKey(event));
    this.#list.addEventListener('pointerover', (/** @type {any} */ event) => this.#point(event.target));
    this.#list.addEventListener('focusin', (/** @type {any} */ event) => this.#point(event.target));
    this.#list.addEventListener('click', (/** @type {any} */ event) => this.#onClick(event.target));
    this.#list.addEventListener('focusout', (/** @type {any} */ event) => this.#unpoint(event.relatedTarget));
    this.#log.addEventListener('pointerleave', () => this.#unpoint(document.activeElement));
    this.#jump.addEventListener('click', () => this.toEnd());
    const resize = new ResizeObserver(() => this.#onResize());
    resize.observe(this.#log);
    resize.observe(this.#list);
    addEventListener('focus', () => this.#read());
    document.addEventListener('visibilitychange', () => this.#read());
  }

  render() {
    const room = this.session.active;
    const changed = room !== this.#room;
    if (changed) {
      this.#room = room;
      this.#atEnd = true;
      this.#list.replaceChildren();
    }
    if (!room) {
      this.#start.textContent = 'You are in no room. Enter one from the list.';
      this.#jump.hidden = true;
      return;
    }
    this.#log.setAttribute('aria-label', `Messages in ${room.name}`);
    this.#fill(room, changed);
    this.#read();
    this.#showJump(room);
  }

  /** Goes to the newest message. */
  toEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#size = this.#measure();
    this.#atEnd = true;
    this.#read();
    this.#jump.hidden = true;
  }

  /** Puts the keyboard on a message, or on the log if it is gone. @param {string} [key] */
  focus(key) {
    const element = key && this.#list.querySelector(`[data-key="${CSS.escape(key)}"]`);
    (element || this.#log).focus();
  }

  // What stands there ---------------------------------------------------------------------------

  /** @param {import('../room.js').Room} room @param {boolean} changed */
  #fill(room, changed) {
    const before = this.#anchor();
    const quiet = changed || room.loading || !this.#list.childElementCount;
    // A page of history is no news: it is not to be read out.
    this.#log.setAttribute('aria-busy', String(quiet));
    this.#log.classList.toggle('settled', !quiet);
    reconcile(this.#list, this.#lines(room), createLine, updateLine);
    this.#point(this.#tools.element);
    setText(this.#start, startText(room));
    this.#size = this.#measure();
    if (this.#atEnd) {
      this.#log.scrollTop = this.#log.scrollHeight;
    } else if (before?.element.isConnected) {
      this.#log.scrollTop += before.element.getBoundingClientRect().top - before.top;
    }
    if (quiet && room.loaded && !room.loading) {
      requestAnimationFrame(() => this.#log.setAttribute('aria-busy', 'false'));
    }
  }

  /** A message in view, by which the view is held where it is while others come above it. */
  #anchor() {
    if (this.#atEnd) {
      return null;
    }
    const top = this.#log.getBoundingClientRect().top;
    const messages = [...this.#list.querySelectorAll('.message')];
    const element = messages.find((one) => one.getBoundingClientRect().bottom > top);
    return element ? { element, top: element.getBoundingClientRect().top } : null;
  }

  /** @param {import('../room.js').Room} room @returns {import('./message.js').Line[]} */
  #lines(room) {
    const { people, me } = this.session;
    const readers = room.readers();
    /** @param {string} user */
    const nameOf = (user) =>
      user === me.userId ? 'you' : people.get(user, room.members.get(user)).username;
    /** @type {import('./message.js').Line[]} */
    const lines = [];
    /** @type {import('./message.js').MessageLine | null} */
    let previous = null;
    for (const message of room.messages) {
      if (!previous || dayKey(previous.message.at) !== dayKey(message.at)) {
        const day = dayKey(message.at);
        lines.push({ key: `day ${day}`, kind: 'day', text: dayName(message.at) });
        previous = null;
      }
      if (message.key === room.newFrom) {
        lines.push({ key: 'new', kind: 'new', text: 'New' });
        previous = null;
      }
      const line = this.#line(message, (readers.get(message.key) ?? []).map(nameOf), nameOf);
      if (previous && belongTogether(previous.message, message)) {
        line.first = previous.last = false;
      }
      lines.push(line);
      previous = line;
    }
    return lines;
  }

  /**
   * @param {import('../room.js').Message} message
   * @param {string[]} readers
   * @param {(user: string) => string} nameOf
   * @returns {import('./message.js').MessageLine}
   */
  #line(message, readers, nameOf) {
    const me = this.session.me.userId;
    return {
      key: message.key,
      kind: 'message',
      message,
      own: message.userId === me,
      first: true,
      last: true,
      mine: emojiOf(message, me),
      names: Object.fromEntries(
        Object.entries(message.reactions).map(([emoji, users]) => [emoji, users.map(nameOf)]),
      ),
      readers,
    };
  }

  // What is done with it ------------------------------------------------------------------------

  /** @param {Element} target */
  #point(target) {
    const element = /** @type {HTMLElement | null} */ (target.closest('.message'));
    const message = element && this.#room?.find(element.dataset.key ?? '');
    if (!message) {
      return;
    }
    if (message.status === 'stored' && !message.deleted) {
      this.#tools.enter(element, message.userId === this.session.me.userId);
    } else {
      this.#tools.leave();
    }
  }

  /** @param {Element | null} focused */
  #unpoint(focused) {
    if (!focused?.closest('.message')) {
      this.#tools.leave();
    }
  }

  /** @param {Element} target */
  #onClick(target) {
    const button = /** @type {HTMLElement | null} */ (target.closest('.chip, .link'));
    const key = /** @type {HTMLElement | null} */ (target.closest('.message'))?.dataset.key;
    if (button && key) {
      const { emoji, action } = button.dataset;
      this.#act(action ?? 'react', key, emoji);
    }
  }

  /** @param {string} action @param {string} key @param {string} [emoji] */
  async #act(action, key, emoji) {
    const room = this.#room;
    const message = room?.find(key);
    if (!room || !message) {
      return;
    }
    switch (action) {
      case 'react': {
        const added = !emojiOf(message, this.session.me.userId).includes(emoji ?? '');
        await this.session.react(room, message.messageId ?? '', emoji ?? '', added);
        break;
      }
      case 'edit':
        this.onEdit(key);
        break;
      case 'delete':
        await this.#delete(room, message);
        break;
      case 'resend':
        this.session.resend(room, key);
        break;
      case 'discard':
        this.session.discard(room, key);
        this.focus();
        break;
    }
  }

  /** @param {import('../room.js').Room} room @param {import('../room.js').Message} message */
  async #delete(room, message) {
    const sure = await confirm({
      title: 'Delete this message?',
      text: 'It is removed for everybody and cannot be brought back.',
      yes: 'Delete',
    });
    if (sure) {
      await this.session.remove(room, message.messageId ?? '');
    }
    this.focus(message.key);
  }

  /** Up and down walk from message to message, Escape goes back to writing. @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.key === 'Escape') {
      byId('message').focus();
      return;
    }
    const all = /** @type {HTMLElement[]} */ ([...this.#list.querySelectorAll('.message')]);
    const at = all.findIndex((one) => one.contains(document.activeElement));
    const to = {
      ArrowUp: at < 0 ? all.length - 1 : at - 1,
      ArrowDown: at < 0 ? all.length - 1 : at + 1,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (to === undefined || !all.length) {
      return;
    }
    event.preventDefault();
    if (to >= all.length) {
      byId('message').focus();
    } else {
      all[Math.max(0, to)].focus();
      all[Math.max(0, to)].scrollIntoView({ block: 'nearest' });
    }
  }

  // Where it is scrolled ------------------------------------------------------------------------

  /** Whoever was at the end stays there when the window or the text changes its size. */
  #onResize() {
    this.#size = this.#measure();
    if (this.#atEnd) {
      this.toEnd();
    }
  }

  #measure() {
    const { clientWidth, clientHeight, scrollHeight } = this.#log;
    return `${clientWidth} ${clientHeight} ${scrollHeight}`;
  }

  #onScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.#log;
    if (this.#size === this.#measure()) {
      this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    }
    if (this.#room && scrollTop < NEAR_TOP_PX) {
      this.session.readOlder(this.#room);
    }
    if (this.#room) {
      this.#read();
      this.#showJump(this.#room);
    }
  }

  /** What is at the end and in sight is read. */
  #read() {
    const room = this.#room;
    if (this.#atEnd && room) {
      this.#seenSeq = room.lastSeq;
      if (document.visibilityState === 'visible' && document.hasFocus()) {
        this.session.markRead(room);
      }
    }
  }

  /** @param {import('../room.js').Room} room */
  #showJump(room) {
    this.#jump.hidden = this.#atEnd;
    const news = room.messages.filter(
      ({ seq, userId }) => seq > this.#seenSeq && userId !== this.session.me.userId,
    ).length;
    setText(byId('jump-text'), news ? plural(news, 'new message') : 'Newest messages');
    this.#jump.classList.toggle('news', news > 0);
  }
}

/** @param {import('../room.js').Message} a @param {import('../room.js').Message} b the next one */
function belongTogether(a, b) {
  return a.userId === b.userId && Date.parse(b.at) - Date.parse(a.at) < GROUP_MS;
}

/** @param {import('../room.js').Message} message @param {string} user */
function emojiOf(message, user) {
  return Object.keys(message.reactions).filter((emoji) => message.reactions[emoji].includes(user));
}

/** @param {import('../room.js').Room} room */
function startText(room) {
  if (!room.loaded || room.loading) {
    return 'Reading messages…';
  }
  if (room.hasOlder) {
    return 'Scroll up for older messages';
  }
  return room.messages.length
    ? `This is where ${room.name} begins`
    : `Nobody has said anything in ${room.name} yet. You could be the first.`;
}
