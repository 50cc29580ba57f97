import { readFileSync } from 'node:fs';

/** CPU seconds of each part of `npm test` on an idle machine with everything installed, rounded up. */
export const budgets = new Map([
  ['check', 160],
  ['unit', 600],
  ['host', 250],
  ['web', 40],
  ['e2e', 800],
]);

/** A busy machine takes up to twice the CPU time for the same work. */
const TOLERANCE = 2;

/**
 * Returns the CPU time of ended child processes that this process started, and of their children.
 *
 * @returns {number | undefined} seconds; undefined where the system doesn't tell
 */
export function childrenCpuSeconds() {
  try {
    return readChildrenCpu(readFileSync('/proc/self/stat', 'utf8'));
  } catch {
    return undefined;
  }
}

/** Clock ticks per second, the same on every Linux. */
const TICKS = 100;

/** @param {string} stat content of `/proc/PID/stat` */
export function readChildrenCpu(stat) {
  // The program name is in parentheses, and may contain spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS;
}

/**
 * @typedef {object} PartTime
 * @property {string} key
 * @property {string} title
 * @property {number | undefined} cpu seconds
 * @property {number} wall seconds
 */

/**
 * Explains why a part is far above its budget.
 *
 * @param {PartTime} time
 * @returns {string | undefined}
 */
export function overBudget({ key, title, cpu }) {
  const budget = budgets.get(key);
  if (cpu === undefined || budget === undefined || cpu <= TOLERANCE * budget) return undefined;
  return `${title} took ${Math.round(cpu)} s of CPU time, more than ${TOLERANCE} times the budget of ${budget} s (scripts/lib/budgets.mjs)`;
}

/**
 * Prints the time of each part against its budget, and the slowest tests.
 *
 * @param {readonly PartTime[]} times
 * @param {readonly import('./counts.mjs').TestTime[]} slowest
 * @returns {string[]} lines
 */
export function timeLines(times, slowest) {
  const parts = times.map(({ key, title, cpu, wall }) => {
    const budget = budgets.get(key);
    const used = cpu === undefined ? '' : `${cpu.toFixed(0)} s of CPU time, `;
    const limit =
      cpu === undefined || budget === undefined ? '' : ` (budget ${budget} s of CPU time)`;
    return `  ${title}: ${used}${wall.toFixed(0)} s${limit}`;
  });
  const tests = slowest.map(
    ({ name, milliseconds }) => `  ${(milliseconds / 1000).toFixed(1)} s ${name}`,
  );
  return [
    ...(tests.length ? ['Slowest tests:', ...tests] : []),
    ...(parts.length ? ['Time per part:', ...parts] : []),
  ];
}
