import { spawn } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { constants, setPriority, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// Everything that a script starts is registered here, so that Ctrl-C, an error or a normal end leaves no process and no
// temporary folder. Children get their own process groups: killing a group also ends its other processes.

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** @type {Set<string>} */
const temporaryFolders = new Set();
/** @type {Set<() => void>} */
const cleanups = new Set();
let handlersInstalled = false;
let stopping = false;

const windows = process.platform === 'win32';

/** Whether the script is ending (Ctrl-C). Later failures are ignored. */
export const isStopping = () => stopping;

/**
 * Starts a child in its own process group. It ends with this script.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  installHandlers();
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !windows,
    ...options,
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/** Milliseconds. Longer than the timeout that children give their own processes. */
const PATIENCE = 5000;

/**
 * Ends a child and its process group: with SIGTERM first, with SIGKILL after five seconds. Other processes of the group
 * may take longer than the child to end groups that they started.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export async function stop(child) {
  if (child.pid === undefined) return;
  killGroup(child, 'SIGTERM');
  const latest = performance.now() + PATIENCE;
  while (isRunning(child) && performance.now() < latest) await sleep(20);
  killGroup(child, 'SIGKILL');
}

/** Whether any process of a child's group is running. @param {import('node:child_process').ChildProcess} child */
function isRunning(child) {
  const hasEnded = child.exitCode !== null || child.signalCode !== null;
  if (child.pid === undefined || (windows && hasEnded)) return false;
  if (!hasEnded) return true;
  try {
    return process.kill(-child.pid, 0);
  } catch {
    return false;
  }
}

/**
 * @typedef {object} RunResult
 * @property {number} code exit code; 127 when the command could not be started
 * @property {string} output standard output and standard error, in order of arrival
 */

/**
 * Runs a command until it ends.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, logFile?: string, echo?: boolean }} [options]
 *   `echo` also prints the output as it comes
 * @returns {Promise<RunResult>}
 */
export function run(command, args, { cwd, env, logFile, echo = false } = {}) {
  // On Windows, npm and its tools are .cmd files, which only a shell can start. The arguments are constants of the
  // scripts, never user input.
  const shell = windows && /(^npm|\.cmd)$/.test(command);
  const log = logFile ? openLog(logFile, [command, ...args]) : undefined;
  return untilEnded(start(command, args, { cwd, env, shell }), { log, echo });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {{ log?: import('node:fs').WriteStream, echo?: boolean }} options
 * @returns {Promise<RunResult>}
 */
function untilEnded(child, { log, echo = false }) {
  return new Promise(resolve => {
    let output = '';
    /** @param {Buffer} data */
    const take = data => {
      output += data.toString();
      log?.write(data);
      if (echo) process.stdout.write(data);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    /** @param {number} code */
    const finish = code => {
      // On Ctrl-C, nothing continues: the handler below ends this process once all children have ended.
      if (stopping) return;
      if (log) log.end(() => resolve({ code, output }));
      else resolve({ code, output });
    };
    child.once('error', error => {
      output += `${error.message}\n`;
      log?.write(`${error.message}\n`);
      finish(127);
    });
    child.once('close', (code, signal) =>
      finish(code ?? 128 + (signal ? constants.signals[signal] : 0)),
    );
  });
}

/**
 * @param {string} file
 * @param {string[]} words of the command it is about
 */
function openLog(file, words) {
  mkdirSync(dirname(file), { recursive: true });
  const log = createWriteStream(file);
  log.write(`$ ${words.join(' ')}\n`);
  return log;
}

/**
 * Runs a tool of the project's node_modules with the current Node.
 *
 * @param {string} script absolute path of the tool's JavaScript
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export const runNode = (script, args, options) => run(process.execPath, [script, ...args], options);

/**
 * Runs a script until it ends, with idle priority.
 *
 * @param {string} script absolute path
 * @param {string[]} args
 * @returns {Promise<RunResult & { message: any }>} with the last message that the script has sent
 */
export async function runBeside(script, args) {
  const child = start(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let message;
  child.on('message', received => (message = received));
  giveWay(child);
  return { ...(await untilEnded(child, {})), message };
}

/** @param {import('node:child_process').ChildProcess} child */
function giveWay({ pid }) {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
    // Linux schedules sessions first, then the processes of each session.
    if (process.platform === 'linux') writeFileSync(`/proc/${pid}/autogroup`, '19');
  } catch {
    // It has already ended, or the system has no such groups.
  }
}

/**
 * Creates a folder that is removed when the script ends for any reason.
 *
 * @param {string} folder
 */
export function removeAtEnd(folder) {
  installHandlers();
  temporaryFolders.add(folder);
}

/**
 * Gives this script and its children their own temporary folder, which is removed at the end: some tools don't remove
 * their files when they are killed.
 */
export function useOwnTemporaryFolder() {
  // A short name, because it contains sockets, whose paths are limited to 108 characters.
  const folder = mkdtempSync(join(tmpdir(), 'cb-'));
  removeAtEnd(folder);
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
}

/**
 * Removes a folder now instead of at the end. If it can't be removed because an ending process still writes to it, it
 * is removed at the end.
 *
 * @param {string} folder
 */
export function removeFolder(folder) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    temporaryFolders.delete(folder);
  } catch (error) {
    if (!temporaryFolders.has(folder)) throw error;
  }
}

/**
 * Registers a synchronous action for the end of the script, whatever the reason.
 *
 * @param {() => void} cleanup
 * @returns {() => void} takes it back
 */
export function atEnd(cleanup) {
  installHandlers();
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

/**
 * @param {string} file
 * @param {number} [lines]
 * @returns {string} the end of a text file, empty when it cannot be read
 */
export function tail(file, lines = 20) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

/**
 * Groups that a child started (browsers, servers) end soon after it, and may still write: a folder counts as removed
 * once it stays removed for a moment.
 */
async function removeStubbornFolders() {
  for (let attempt = 0; attempt < 10; attempt++) {
    for (const folder of temporaryFolders) {
      await rm(folder, { recursive: true, force: true }).catch(() => {});
    }
    await sleep(300);
    if (![...temporaryFolders].some(folder => existsSync(folder))) return;
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function killGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (windows) {
      if (child.exitCode === null) {
        spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
      }
    } else {
      process.kill(-child.pid, signal);
    }
  } catch {
    // The group has already ended.
  }
}

function installHandlers() {
  if (handlersInstalled) return;
  handlersInstalled = true;
  process.on('exit', () => {
    for (const child of running) killGroup(child, 'SIGKILL');
    for (const cleanup of cleanups) {
      try {
        cleanup();
      } catch {
        // Other cleanups must still run.
      }
    }
    for (const folder of temporaryFolders) {
      try {
        rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
      } catch {
        // A file is still open in another process. The system cleans up its temporary folder.
      }
    }
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      const exitCode = 128 + constants.signals[signal];
      // A second Ctrl-C doesn't wait.
      if (stopping) process.exit(exitCode);
      stopping = true;
      void Promise.all([...running].map(stop))
        .then(removeStubbornFolders)
        .finally(() => process.exit(exitCode));
    });
  }
}
