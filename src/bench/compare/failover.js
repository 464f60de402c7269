// Clients of a node that is killed: how long until all are back, on other nodes, where they were.
//   node failover.js PORT[,PORT] PID CLIENTS SECRET
// Each port's node has so many clients, each in one of 500 rooms; the first one's process, PID, is
// killed. Who loses the connection tries the other nodes in turn, each time after a random part of a time that
// grows from 0.1 s to 1 s (full jitter), and resumes its room by position.
'use strict';
const crypto = require('node:crypto');
const WebSocket = require('ws');

const ports = process.argv[2].split(',').map(Number);
const pid = Number(process.argv[3]);
const count = Number(process.argv[4]) * process.argv[2].split(',').length;
const secret = process.argv[5];
const ROOMS = 500;
const OPENING = 100;

const base64 = (text) => Buffer.from(text).toString('base64url');

function token(user) {
  const now = Math.floor(Date.now() / 1000);
  const content = `${base64('{"alg":"HS256","typ":"JWT"}')}.${base64(
    JSON.stringify({ sub: user, username: user, iat: now, exp: now + 3600 }))}`;
  return `${content}.${crypto.createHmac('sha256', secret).update(content).digest('base64url')}`;
}

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
    this.backMillis = 0;
  }

  open(onReady) {
    attempts++;
    const socket = new WebSocket(`ws://127.0.0.1:${ports[this.port]}/parley/v1?token=${this.token}`);
    this.socket = socket;
    socket.on('message', (data) => this.onText(data.toString(), onReady));
    socket.on('error', () => {});
    socket.on('close', () => this.onClosed(onReady));
  }

  // Who comes and goes is passed over unread: there is much of it, and this is one thread.
  onText(text, onReady) {
    if (!text.startsWith('{"type":"room.')) this.onFrame(JSON.parse(text), onReady);
  }

  onFrame(frame, onReady) {
    if (frame.type === 'welcome') {
      const position = this.position ? { since: this.position.seq, epoch: this.position.epoch } : {};
      this.socket.send(JSON.stringify({ type: 'room.join', id: 'join', room: this.room, ...position }));
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
    client.socket.send(JSON.stringify({
      type: 'chat.send', id: 'talk', room: client.room, content: 'hello', client_message_id: `hello${pid}`,
    }));
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

async function main() {
  await openAll();
  talk();
  await waitUntil(() => clients.every((client) => client.position.seq >= 1));
  await new Promise((resolve) => setTimeout(resolve, 3000)); // calm, as before any failure
  attempts = 0;
  const hit = clients.filter((client) => client.port === 0);
  const back = new Promise((resolve) => {
    let count = 0;
    hit.forEach((client) => {
      client.socket.removeAllListeners('close');
      client.socket.on('close', () => client.onClosed((self) => {
        self.backMillis = performance.now() - killedAt;
        if (++count === hit.length) resolve();
      }));
    });
  });
  killedAt = performance.now();
  process.kill(pid, 'SIGKILL');
  await back;
  const times = hit.map((client) => client.backMillis).sort((a, b) => a - b);
  const at = (share) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))]);
  console.log(`${hit.length} clients back after ms: p50 ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}, `
    + `all ${at(1)}; ${attempts} attempts, ${notRecovered} not recovered`);
  process.exit(0);
}

main();
