/** The jobs that the page has heard of, as bars; the newest 50. */

import { byId, el, reconcile, setText } from '../app/dom.js';

const MAX = 50;

export class JobList {
  /** @type {Map<string, any>} */
  #jobs = new Map();

  /** @param {any[]} jobs */
  update(jobs) {
    for (const job of jobs) {
      this.#jobs.delete(job.job_id);
      this.#jobs.set(job.job_id, job);
    }
    for (const id of [...this.#jobs.keys()].slice(0, Math.max(0, this.#jobs.size - MAX))) {
      this.#jobs.delete(id);
    }
    this.#show();
  }

  #show() {
    const newest = [...this.#jobs.values()].reverse();
    byId('jobs-empty').hidden = newest.length > 0;
    reconcile(byId('jobs'), newest.map((job) => ({ key: job.job_id, ...job })), create, fill);
  }
}

function create() {
  return el(
    'li',
    { class: 'job' },
    el('span', { class: 'job-name' }),
    el('span', { class: 'job-status' }),
    el('progress', { class: 'job-bar', max: 100 }),
  );
}

/** @param {HTMLElement} element @param {any} job */
function fill(element, job) {
  const [name, status, bar] = /** @type {any} */ (element.children);
  element.dataset.job = job.job_id;
  element.dataset.status = job.status;
  setText(name, job.name ?? job.job_id);
  setText(status, job.error ? `${job.status}: ${job.error}` : `${job.status}, ${Math.round(job.progress)} %`);
  bar.value = job.progress;
  bar.setAttribute('aria-label', `Progress of ${job.name ?? job.job_id}`);
}
