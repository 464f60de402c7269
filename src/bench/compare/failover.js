// Clients of a node that is killed: how long until all are back, on other nodes, where they were.
//   node failover.js PORT[,PORT] PID[,PID] CLIENTS SECRET
// Each port's node has so many clients, each in one of 500 rooms; the first one's process is
// killed. Who loses the connection tries the other nodes in turn, each time after a random part of a time that
// grows from 0.1 s to 1 s (full jitter), and resumes its room by position.
// All clients are one thread beside the servers, so it speaks WebSocket by itself: a library's clients took 2 to 3 s
// of it to connect anew.
'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');
const net = require('node:net');

const ports = process.argv[2].split(',').map(Number);
const pids = process.argv[3].split(',').map(Number);
const count = Number(process.argv[4]) * process.argv[2].split(',').length;
const secret = process.argv[5];
const ROOMS = 500;
const OPENING = 100;
const CALM_SECONDS = 40;

const base64 = (text) => Buffer.from(text).toString('base64url');

function token(user) {
  const now = Math.floor(Date.now() / 1000);
  const content = `${base64('{"alg":"HS256","typ":"JWT"}')}.${base64(
    JSON.stringify({ sub: user, username: user, iat: now, exp: now + 3600 }))}`;
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

// Who comes and goes is passed over unread: there is much of it.
const PASSED_OVER = Buffer.from('{"type":"room.');

const clients = [];
let killedAt = 0;
let attempts = 0;
let notRecovered = 0;

class Client {
  constructor(number) {
    this.number = number;
    this.token = token(`u${number}`);
    this.room = `f${Math.floor(number / ports.length) % ROOMS}`;
    this.port = number % ports.length;
    this.tries = 0;
    this.steps = {};
  }

  // When, after the kill, this happened last.
  note(step) {
    this.steps[step] = performance.now() - killedAt;
  }

  open(onReady) {
    attempts++;
    this.note('tried');
    this.upgraded = false;
    this.unread = null;
    const socket = net.connect({ port: ports[this.port], host: '127.0.0.1', noDelay: true });
    this.socket = socket;
    socket.on('connect', () => socket.write(`GET /parley/v1?token=${this.token} HTTP/1.1\r\nHost: 127.0.0.1\r\n`
      + 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n'
      + 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'));
    socket.on('data', (bytes) => this.onBytes(bytes, onReady));
    socket.on('error', () => {});
    socket.on('close', () => this.onClosed(onReady));
  }

  say(message) {
    this.socket.write(frame(1, JSON.stringify(message)));
  }

  onBytes(more, onReady) {
    let bytes = this.unread ? Buffer.concat([this.unread, more]) : more;
    if (!this.upgraded) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end >= 0) {
        if (!bytes.toString('latin1', 0, end).startsWith('HTTP/1.1 101')) {
          this.socket.destroy();
          return;
        }
        this.upgraded = true;
        this.note('connected');
        bytes = bytes.subarray(end + 4);
      }
    }
    this.unread = this.upgraded ? this.readFrames(bytes, onReady) : bytes;
  }

  // What is left of a frame that is not all there.
  readFrames(bytes, onReady) {
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
      else if (opcode === 1 && !payload.subarray(0, PASSED_OVER.length).equals(PASSED_OVER)) {
        this.onFrame(JSON.parse(payload.toString()), onReady);
      }
      at = start + length;
    }
    return at < bytes.length ? bytes.subarray(at) : null;
  }

  onFrame(frame, onReady) {
    if (frame.type === 'welcome') {
      this.note('welcomed');
      const position = this.position ? { since: this.position.seq, epoch: this.position.epoch } : {};
      this.say({ type: 'room.join', id: 'join', room: this.room, ...position });
    } else if (frame.type === 'ok' && frame.id === 'join') {
      if (this.position && !frame.recovered) notRecovered++;
      this.position = this.position ?? { seq: frame.seq, epoch: frame.epoch };
      this.tries = 0;
      onReady(this);
    } else if (frame.type === 'chat.message') {
      this.position = { seq: frame.seq, epoch: frame.epoch };
    }
  }

  onClosed(onReady) {
    this.note('lost');
    if (!killedAt) fail(`client ${this.number} was closed before the kill`);
    const most = Math.min(1000, 100 * 2 ** this.tries++);
    this.port = 1 + ((this.number + this.tries) % (ports.length - 1));
    setTimeout(() => this.open(onReady), Math.random() * most);
  }
}

function fail(why) {
  console.error(why);
  process.exit(1);
}

function openAll() {
  return new Promise((resolve) => {
    let opened = 0;
    const next = () => {
      const number = clients.length;
      if (number >= count) return;
      const client = new Client(number);
      clients.push(client);
      client.open(() => {
        if (++opened === count) resolve();
        else next();
      });
    };
    for (let i = 0; i < OPENING; i++) next();
  });
}

// One message in each room, so that every client has a position to come back to.
function talk() {
  for (const client of clients.slice(0, ROOMS * ports.length)) {
    client.say({
      type: 'chat.send', id: 'talk', room: client.room, content: 'hello', client_message_id: `hello${pids[0]}`,
    });
  }
}

const waitUntil = (condition) => new Promise((resolve) => {
  const timer = setInterval(() => {
    if (condition()) {
      clearInterval(timer);
      resolve();
    }
  }, 5);
});

const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

// Processor time of all servers so far, in seconds.
function serverSeconds() {
  return pids.reduce((sum, each) => {
    const stat = fs.readFileSync(`/proc/${each}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return sum + (Number(fields[11]) + Number(fields[12])) / 100;
  }, 0);
}

// Calm, as before any failure: servers that have just taken in thousands go on compiling for a while.
async function calm() {
  for (let i = 0; i < CALM_SECONDS; i++) {
    const before = serverSeconds();
    await sleep(1000);
    if (serverSeconds() - before < 0.3) return;
  }
  console.log(`the servers were not calm after ${CALM_SECONDS} s`);
}

async function main() {
  await openAll();
  talk();
  await waitUntil(() => clients.every((client) => client.position.seq >= 1));
  await calm();
  attempts = 0;
  const hit = clients.filter((client) => client.port === 0);
  const back = new Promise((resolve) => {
    let count = 0;
    hit.forEach((client) => {
      client.socket.removeAllListeners('close');
      client.socket.on('close', () => client.onClosed((self) => {
        self.note('back');
        if (++count === hit.length) resolve();
      }));
    });
  });
  const before = performance.eventLoopUtilization();
  killedAt = performance.now();
  process.kill(pids[0], 'SIGKILL');
  await back;
  console.log(`${hit.length} clients; ${attempts} attempts, ${notRecovered} not recovered; `
    + `this client was busy for ${Math.round(performance.eventLoopUtilization(before).utilization * 100)} % of the time`);
  for (const step of ['lost', 'tried', 'connected', 'welcomed', 'back']) {
    const times = hit.map((client) => client.steps[step]).sort((a, b) => a - b);
    const at = (share) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))]);
    console.log(`  ${step.padEnd(10)}ms: p50 ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}, all ${at(1)}`);
  }
  process.exit(0);
}

main();
