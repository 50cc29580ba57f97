import { formatDay } from './day.js';

const changed = document.querySelector('#changed');
if (changed instanceof HTMLTimeElement) {
  const day = new Date(document.lastModified);
  changed.dateTime = day.toISOString();
  changed.textContent = formatDay(day, document.documentElement.lang);
}
