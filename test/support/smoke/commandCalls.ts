import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** Length of the header of a VS Code socket message: type, id, acknowledged id, and length. */
const HEADER = 13;
/** Runs a command. */
const EXECUTE = Buffer.from('$executeContributedCommand');
/** Activates the extension of a command before it runs, which takes a while on a busy machine. */
const ACTIVATE = Buffer.from('$activateByEvent');
const COMMAND = /"(?:onCommand:)?(callboard\.[^"]*)"/;
/** Types of RPC messages from `ReplyOKEmpty` on are replies. */
const FIRST_REPLY = 7;

/**
 * Commands that the extension host is running, read from the sockets of the window: nothing in the window shows whether a
 * command has ended or will show a prompt.
 *
 * Source: `PersistentProtocol` and `MessageIO` of VS Code.
 */
export class CommandCalls {
  #running = new Map<number, string>();
  #started = new Map<string, number>();
  #lastEnd = 0;

  watch(page: Page): void {
    this.#running.clear();
    page.on('websocket', socket => {
      const sent = new MessageReader(body => this.#sent(body));
      const received = new MessageReader(body => this.#received(body));
      socket.on('framesent', ({ payload }) => sent.read(payload));
      socket.on('framereceived', ({ payload }) => received.read(payload));
    });
  }

  /** Ids of the running commands. */
  get running(): readonly string[] {
    return [...this.#running.values()];
  }

  /** Whether no command was running at a time, nor in the milliseconds before. */
  wereIdle(time: number, milliseconds: number): boolean {
    return this.#running.size === 0 && this.#lastEnd <= time - milliseconds;
  }

  /** Number of times that a command was started. */
  started(id: string): number {
    return this.#started.get(id) ?? 0;
  }

  /** Waits until all commands have ended, at most for this number of milliseconds. */
  async untilEnded(longest: number): Promise<void> {
    const latest = Date.now() + longest;
    while (this.#running.size > 0 && Date.now() < latest) await sleep(20);
  }

  #sent(body: Buffer): void {
    // The type, the number of the request, the receiver and the length of the method come first.
    const isMethod = (method: Buffer): boolean =>
      body.subarray(7, 7 + method.length).equals(method);
    const isStart = isMethod(EXECUTE);
    if (!isStart && !isMethod(ACTIVATE)) return;
    const [, id] = COMMAND.exec(body.toString()) ?? [];
    if (id === undefined) return;
    this.#running.set(body.readUInt32BE(1), id);
    if (isStart) this.#started.set(id, this.started(id) + 1);
  }

  #received(body: Buffer): void {
    if (body.length < 5 || body.readUInt8(0) < FIRST_REPLY) return;
    if (this.#running.delete(body.readUInt32BE(1))) this.#lastEnd = Date.now();
  }
}

/** Splits received frames into messages. */
class MessageReader {
  #rest = Buffer.alloc(0);
  #take: (body: Buffer) => void;

  constructor(take: (body: Buffer) => void) {
    this.#take = take;
  }

  read(payload: string | Buffer): void {
    if (typeof payload === 'string') return;
    this.#rest = Buffer.concat([this.#rest, payload]);
    while (this.#rest.length >= HEADER) {
      const end = HEADER + this.#rest.readUInt32BE(9);
      if (this.#rest.length < end) return;
      this.#take(this.#rest.subarray(HEADER, end));
      this.#rest = this.#rest.subarray(end);
    }
  }
}
