import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atEnd } from './processes.mjs';

/**
 * Runs an action exclusively: a second run waits for the first. Takes over the lock of a process that no longer exists.
 *
 * @template T
 * @param {string} file that stands for the lock
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (pid: number) => void, pollMilliseconds?: number }} [settings]
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { onWait, pollMilliseconds = 500 } = {}) {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!tryLock(file)) {
    const owner = ownerOf(file);
    if (owner === undefined || !isAlive(owner)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) onWait?.(owner);
    told = true;
    await sleep(pollMilliseconds);
  }
  const release = () => rmSync(file, { force: true });
  const forget = atEnd(release);
  try {
    return await work();
  } finally {
    forget();
    release();
  }
}

/** @param {string} file */
function tryLock(file) {
  try {
    // 'wx' creates the file atomically, or fails.
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file */
function ownerOf(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process exists, but belongs to another user.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
