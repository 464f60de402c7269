// A WebSocket client of few lines, for scripts whose one thread has thousands of connections beside the servers.
'use strict';
const crypto = require('node:crypto');
const net = require('node:net');

const base64 = (text) => Buffer.from(text).toString('base64url');

// A token of an hour for this user.
function token(secret, user, roles = []) {
  const now = Math.floor(Date.now() / 1000);
  const content = `${base64('{"alg":"HS256","typ":"JWT"}')}.${base64(
    JSON.stringify({ sub: user, username: user, roles, iat: now, exp: now + 3600 }))}`;
  return `${content}.${crypto.createHmac('sha256', secret).update(content).digest('base64url')}`;
}

// A frame to the server; a mask of zeros leaves the payload as it is.
function frame(opcode, payload) {
  const body = Buffer.from(payload);
  const head = body.length < 126
    ? Buffer.from([0x80 | opcode, 0x80 | body.length, 0, 0, 0, 0])
    : Buffer.from([0x80 | opcode, 0x80 | 126, body.length >> 8, body.length & 255, 0, 0, 0, 0]);
  return Buffer.concat([head, body]);
}

// One connection. Tells `on.upgraded()`, `on.text(bytes)` for every message, `on.closed()`; answers pings.
class Socket {
  constructor(port, path, on) {
    this.on = on;
    this.upgraded = false;
    this.unread = null;
    this.socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('connect', () => this.socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n`
      + 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n'
      + 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'));
    this.socket.on('data', (bytes) => this.onBytes(bytes));
    this.socket.on('error', () => {});
    this.socket.on('close', () => on.closed());
  }

  say(message) {
    this.socket.write(frame(1, JSON.stringify(message)));
  }

  // Closes as the protocol wants it: the server answers, and ends the connection.
  leave() {
    this.socket.write(frame(8, Buffer.from([3, 232])));
  }

  onBytes(more) {
    let bytes = this.unread ? Buffer.concat([this.unread, more]) : more;
    if (!this.upgraded) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end >= 0) {
        if (!bytes.toString('latin1', 0, end).startsWith('HTTP/1.1 101')) {
          this.socket.destroy();
          return;
        }
        this.upgraded = true;
        this.on.upgraded();
        bytes = bytes.subarray(end + 4);
      }
    }
    this.unread = this.upgraded ? this.readFrames(bytes) : bytes;
  }

  // What is left of a frame that is not all there.
  readFrames(bytes) {
    let at = 0;
    while (bytes.length - at >= 2) {
      const short = bytes[at + 1];
      const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
      if (bytes.length < start) break;
      const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
      if (bytes.length < start + length) break;
      const payload = bytes.subarray(start, start + length);
      const opcode = bytes[at] & 15;
      if (opcode === 9) this.socket.write(frame(10, payload));
      else if (opcode === 1) this.on.text(payload);
      at = start + length;
    }
    return at < bytes.length ? bytes.subarray(at) : null;
  }
}

module.exports = { Socket, token };
