/** The room's name and numbers, who types in it, and the title of the page. */

import { byId, setText } from '../dom.js';
import { listNames, plural } from '../format.js';
import { confirm } from './confirm.js';

export class HeadView {
  /** @param {import('../session.js').Session} session */
  constructor(session) {
    this.session = session;
    byId('leave-room').addEventListener('click', () => this.#leave());
  }

  render() {
    const { active, rooms } = this.session;
    setText(byId('room-name'), active?.name ?? 'No room');
    setText(byId('room-count'), active?.joined ? plural(active.memberCount, 'person', 'people') : '');
    byId('leave-room').hidden = !active;
    this.#showTyping(active);
    const unread = [...rooms.values()].reduce((sum, room) => sum + room.unread, 0);
    document.title = `${unread ? `(${unread}) ` : ''}${active ? `${active.name} · ` : ''}Parley`;
  }

  /** @param {import('../room.js').Room | null} room */
  #showTyping(room) {
    const names = [...(room?.typing.values() ?? [])].map(({ username }) => username);
    const line = byId('typing');
    line.classList.toggle('active', names.length > 0);
    setText(line, names.length ? `${listNames(names)} ${names.length > 1 ? 'are' : 'is'} typing` : '');
  }

  async #leave() {
    const room = this.session.active;
    if (!room) {
      return;
    }
    const sure = await confirm({
      title: `Leave ${room.name}?`,
      text: 'You will not hear of it any more. You can enter it again at any time.',
      yes: 'Leave',
    });
    if (sure) {
      await this.session.leave(room);
    }
  }
}
