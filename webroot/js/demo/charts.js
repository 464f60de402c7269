/** The samples of the newest minutes, as lines. */

import uPlot from '../../webjars/uplot/1.6.30/dist/uPlot.esm.js';
import { byId, el, setText } from '../app/dom.js';

const KEPT = 120;
const HEIGHT = 150;
const MIN_SECONDS = 60;

/** What each chart shows of a sample. */
const CHARTS = [
  { title: 'Processor and memory, %', range: [0, 100], lines: [
    { label: 'CPU', colour: '--accent', of: (/** @type {any} */ d) => d.cpu.percent },
    { label: 'Memory', colour: '--away', of: (/** @type {any} */ d) => d.memory.percent },
  ] },
  { title: 'Network, KB/s', range: [0, null], lines: [
    { label: 'Sent', colour: '--accent', of: (/** @type {any} */ d) => d.network.send_rate / 1024 },
    { label: 'Received', colour: '--away', of: (/** @type {any} */ d) => d.network.receive_rate / 1024 },
  ] },
  { title: 'Heap, MB', range: [0, null], lines: [
    { label: 'Used', colour: '--accent', of: (/** @type {any} */ d) => d.process.heap_used / 1_048_576 },
  ] },
];

export class MetricCharts {
  /** @type {number[]} */
  #times = [];
  #charts = CHARTS.map((chart) => makeChart(chart));

  constructor() {
    const follow = new ResizeObserver(() => this.#charts.forEach(({ plot, place }) => plot.setSize({ width: place.clientWidth, height: HEIGHT })));
    this.#charts.forEach(({ place }) => follow.observe(place));
  }

  /** A `system_metrics` frame. @param {any} frame */
  add(frame) {
    this.#times = keep(this.#times, Date.parse(frame.timestamp) / 1000);
    for (const chart of this.#charts) {
      chart.values = chart.values.map((values, i) => keep(values, chart.lines[i].of(frame.data)));
      chart.plot.setData([this.#times, ...chart.values]);
    }
    const { cpu, memory, process } = frame.data;
    setText(byId('metrics-node'), `of ${frame.node}`);
    setText(
      byId('metrics-now'),
      `CPU ${cpu.percent.toFixed(1)} % of ${cpu.cores} cores, memory ${memory.percent.toFixed(1)} %, ${process.connections} connections, up ${process.uptime_seconds} s`,
    );
  }
}

/** @param {number[]} values @param {number} value */
function keep(values, value) {
  return [...values, value].slice(-KEPT);
}

/** At least the newest minute. @param {any} _ @param {number} min @param {number} max */
function lastMinute(_, min, max) {
  return max === null ? [0, MIN_SECONDS] : [Math.min(min, max - MIN_SECONDS), max];
}

/** @param {any} chart */
function makeChart({ title, range, lines }) {
  const place = el('figure', { class: 'chart' }, el('figcaption', {}, title));
  byId('charts').append(place);
  const style = getComputedStyle(document.documentElement);
  const muted = style.getPropertyValue('--muted');
  const axis = { stroke: muted, grid: { stroke: style.getPropertyValue('--line'), width: 1 }, ticks: { show: false } };
  const plot = new uPlot(
    {
      width: place.clientWidth || 300,
      height: HEIGHT,
      legend: { live: false },
      cursor: { show: false },
      scales: { x: { range: lastMinute }, y: { range: (/** @type {any} */ _, /** @type {number} */ __, /** @type {number} */ max) => [range[0], range[1] ?? Math.max(1, max * 1.1)] } },
      axes: [axis, { ...axis, size: 52 }],
      series: [{}, ...lines.map((/** @type {any} */ line) => ({ label: line.label, stroke: style.getPropertyValue(line.colour), width: 2, points: { show: false } }))],
    },
    [[], ...lines.map(() => [])],
    place,
  );
  return { place, plot, lines, values: lines.map(() => /** @type {number[]} */ ([])) };
}
