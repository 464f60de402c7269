// Clients of a node that is killed: how long until all are back, on other nodes, where they were.
//   node failover.js PORT[,PORT] PID[,PID] CLIENTS SECRET [TIMES [OTHERS]]
// The first port's node has so many clients, each of the others so many others (as many, if not said), each in one
// of 500 rooms; the first one's process is killed. Who loses the connection tries the other nodes in turn, each time
// after a random part of a time that grows from 0.1 s to 1 s (full jitter), and resumes its room by position. Before,
// all of them come and go so many times: a server that has run for a day has compiled what taking clients in needs.
// All clients are one thread beside the servers, with a WebSocket of their own (socket.js): a library's clients took
// 2 to 3 s of it to connect anew.
'use strict';
const fs = require('node:fs');
const { Socket, token } = require('./socket.js');

const ports = process.argv[2].split(',').map(Number);
const pids = process.argv[3].split(',').map(Number);
const hitCount = Number(process.argv[4]);
const others = Number(process.argv[7] ?? hitCount);
const count = hitCount + others * (ports.length - 1);
const secret = process.argv[5];
const times = Number(process.argv[6] ?? 0);
const ROOMS = 500;
const OPENING = 100;
const CALM_SECONDS = 40;

// Who comes and goes is passed over unread: there is much of it.
const PASSED_OVER = Buffer.from('{"type":"room.');

const clients = [];
let killedAt = 0;
let attempts = 0;
let notRecovered = 0;

class Client {
  constructor(number) {
    this.number = number;
    this.token = token(secret, `u${number}`);
    this.room = `f${number % ROOMS}`;
    this.port = number < hitCount ? 0 : 1 + ((number - hitCount) % (ports.length - 1));
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
    this.socket = new Socket(ports[this.port], `/parley/v1?token=${this.token}`, {
      upgraded: () => this.note('connected'),
      text: (bytes) => this.onText(bytes, onReady),
      closed: () => this.onClosed(onReady),
    });
  }

  say(message) {
    this.socket.say(message);
  }

  onText(bytes, onReady) {
    if (!bytes.subarray(0, PASSED_OVER.length).equals(PASSED_OVER)) {
      this.onFrame(JSON.parse(bytes.toString()), onReady);
    }
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

  leave(onLeft) {
    this.socket.on.closed = onLeft;
    this.socket.leave();
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

function leaveAll() {
  return new Promise((resolve) => {
    let left = 0;
    clients.forEach((client) => client.leave(() => {
      if (++left === count) resolve();
    }));
    clients.length = 0;
  });
}

// One message in each room, so that every client has a position to come back to.
function talk() {
  for (const client of clients.slice(0, ROOMS)) {
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
  for (let i = 0; i < times; i++) {
    await openAll();
    await leaveAll();
  }
  await openAll();
  talk();
  await waitUntil(() => clients.every((client) => client.position.seq >= 1));
  await calm();
  attempts = 0;
  const hit = clients.filter((client) => client.port === 0);
  const back = new Promise((resolve) => {
    let count = 0;
    hit.forEach((client) => {
      client.socket.on.closed = () => client.onClosed((self) => {
        self.note('back');
        if (++count === hit.length) resolve();
      });
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
