/** How names, times and lists are put to people. */

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const DAY_AND_YEAR = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });
const AGO = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const DAY_MS = 86_400_000;

/** @param {string} iso */
export function clock(iso) {
  return TIME.format(new Date(iso));
}

/** @param {string} iso */
export function fullTime(iso) {
  return FULL.format(new Date(iso));
}

/** A name of the day, the same for all moments in it. @param {string} iso */
export function dayKey(iso) {
  return new Date(iso).toDateString();
}

/** @param {string} iso */
export function dayName(iso) {
  const date = new Date(iso);
  const days = Math.round((startOfDay(new Date()) - startOfDay(date)) / DAY_MS);
  if (days <= 1) {
    return days < 1 ? 'Today' : 'Yesterday';
  }
  return days < 300 ? DAY.format(date) : DAY_AND_YEAR.format(date);
}

/** @param {Date} date */
function startOfDay(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** How long ago, roughly. @param {string} iso */
export function ago(iso) {
  const minutes = Math.round((Date.parse(iso) - Date.now()) / 60_000);
  if (minutes > -1) {
    return 'just now';
  }
  if (minutes > -60) {
    return AGO.format(minutes, 'minute');
  }
  return minutes > -1440
    ? AGO.format(Math.round(minutes / 60), 'hour')
    : AGO.format(Math.round(minutes / 1440), 'day');
}

/** One or two letters for a name. @param {string} name */
export function initials(name) {
  const words = name.split(/[\s._-]+/u).filter(Boolean);
  const letters = (words.length > 1 ? [words[0], words[words.length - 1]] : words).map(firstLetter);
  return letters.join('').toUpperCase() || '?';
}

/** The first character as people see it, be it made of several code points. */
function firstLetter(/** @type {string} */ word) {
  const [first] = new Intl.Segmenter().segment(word);
  return first.segment;
}

/** `Ada`, `Ada and Ben`, `Ada, Ben and 3 others`. @param {string[]} names */
export function listNames(names) {
  if (names.length < 3) {
    return names.join(' and ');
  }
  const rest = names.length - 2;
  return rest === 1
    ? `${names[0]}, ${names[1]} and ${names[2]}`
    : `${names[0]}, ${names[1]} and ${rest} others`;
}

/** @param {number} count @param {string} one @param {string} [many] */
export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}
