// Prints a Markdown table of the measurements in a file of JSON lines: the median over the rounds,
// and its ratio to the first server's.
'use strict';

const { readFileSync } = require('node:fs');

const lines = readFileSync(process.argv[2], 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const unique = (values) => [...new Set(values)];
const servers = unique(lines.map((line) => line.server));
const scenarios = unique(lines.map((line) => line.report.scenario));
const rounds = unique(lines.map((line) => line.round)).length;

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function figures(server, scenario) {
  return lines
    .filter((line) => line.server === server && line.report.scenario === scenario)
    .map((line) => line.report.server.per_cpu_second);
}

const thousands = (number) => `${Math.round(number / 1000)} k`;

function cell(server, scenario) {
  const own = figures(server, scenario);
  const ratio = median(own) / median(figures(servers[0], scenario));
  return `${thousands(median(own))} (${thousands(Math.min(...own))}–${thousands(Math.max(...own))}), ${ratio.toFixed(2)} ×`;
}

const row = (cells) => console.log(`| ${cells.join(' | ')} |`);
row(['server', ...scenarios]);
row(['---', ...scenarios.map(() => '---')]);
for (const server of servers) row([server, ...scenarios.map((scenario) => cell(server, scenario))]);
console.log();
console.log(`Deliveries (echo: round trips) per CPU second of the server: median of ${rounds} rounds (lowest–highest), and its ratio to ${servers[0]}.`);
