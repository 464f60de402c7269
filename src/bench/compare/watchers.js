// Thousands who watch: samples of the machine, and one notification for all.
//   node watchers.js PORT CLIENTS SECRET SECONDS
// Half of the clients speak native, half connect. Prints what the server's own meters say it did for them: readings of
// the machine, encodings by dialect, appends to the store.
'use strict';
const { Socket, token } = require('./socket.js');

const port = Number(process.argv[2]);
const count = Number(process.argv[3]);
const secret = process.argv[4];
const seconds = Number(process.argv[5]);
const OPENING = 100;
const PATIENCE_MILLIS = 30_000;

const DIALECTS = [
  { name: 'native', path: '/parley/v1', subscribe: [{ type: 'metrics.subscribe' }, { type: 'notification.subscribe' }], sample: 'metrics.sample', notice: 'notification.created' },
  { name: 'connect', path: '/ws/connect', subscribe: [{ type: 'subscribe_system_metrics' }], sample: 'system_metrics', notice: 'notification' },
];

let samples = 0;
let notices = 0;

class Watcher {
  constructor(number, onReady) {
    const dialect = DIALECTS[number % DIALECTS.length];
    this.ready = false;
    const socket = new Socket(port, `${dialect.path}?token=${token(secret, `w${number}`)}`, {
      upgraded: () => dialect.subscribe.forEach((each) => socket.say(each)),
      text: (bytes) => this.onText(JSON.parse(bytes.toString()).type, dialect, onReady),
      closed: () => fail(`client ${number} was closed`),
    });
  }

  onText(type, dialect, onReady) {
    if (type === dialect.sample) {
      samples++;
      if (!this.ready) {
        this.ready = true;
        onReady();
      }
    } else if (type === dialect.notice) {
      notices++;
    }
  }
}

function fail(why) {
  console.error(why);
  process.exit(1);
}

function openAll() {
  return new Promise((resolve) => {
    let created = 0;
    let ready = 0;
    const next = () => {
      if (created < count) new Watcher(created++, () => (++ready === count ? resolve() : next()));
    };
    for (let i = 0; i < OPENING; i++) next();
  });
}

const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

// The server's counters, by name and labels.
async function meters() {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return new Map(text.split('\n').filter((line) => line && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
}

function sum(of, prefix) {
  return [...of].filter(([name]) => name.startsWith(prefix)).reduce((all, [, value]) => all + value, 0);
}

function difference(before, after, prefix) {
  return sum(after, prefix) - sum(before, prefix);
}

function report(what, before, after) {
  const encodings = DIALECTS.map(({ name }) => `${name} ${difference(before, after, `parley_encode_seconds_count{dialect="${name}"`)}`);
  console.log(`${what}; readings of the machine ${difference(before, after, 'parley_machine_read_seconds_count')}, `
    + `encodings ${encodings.join(', ')}, appends ${difference(before, after, 'parley_store_batch_sum')}`);
}

async function watchSamples() {
  const before = await meters();
  samples = 0;
  await sleep(seconds * 1000);
  const seen = samples;
  report(`${count} watchers got ${seen} samples in ${seconds} s`, before, await meters());
}

async function notifyAll() {
  const before = await meters();
  const begun = performance.now();
  const answer = await fetch(`http://127.0.0.1:${port}/api/notifications/broadcast`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token(secret, 'boss', ['admin'])}` },
    body: JSON.stringify({ title: 'Tonight', message: 'We restart at 22:00' }),
  });
  if (!answer.ok) fail(`the notification was refused: ${await answer.text()}`);
  const answered = performance.now() - begun;
  while (notices < count && performance.now() - begun < PATIENCE_MILLIS) await sleep(1);
  const all = performance.now() - begun;
  report(`a notification came to ${notices} of ${count}, answered after ${answered.toFixed(0)} ms, with all after ${all.toFixed(0)} ms`,
    before, await meters());
}

async function main() {
  const begun = performance.now();
  await openAll();
  console.log(`${count} watch after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  await watchSamples();
  await notifyAll();
  process.exit(0);
}

main();
