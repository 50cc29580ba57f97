import { randomUUID } from 'node:crypto';
import { VersionedBlob } from '../../platform/core';
import type { BlobStore } from '../../platform/core/ports';
import { type CommandContext, exitCodes } from '../command';
import { entitiesCommand, validateCommand } from '../commands/catalogCommands';
import type { ParsedCommand } from '../options';
import type { Terminal } from '../terminal';
import { FactRecorder } from './factRecorder';
import type { Fact } from './facts';
import { verifyFacts } from './verifyFacts';

/** The version of the stored format. */
const FORMAT = 1;

/** The maximum length of stored output, in code units. */
const MAX_OUTPUT = 64_000_000;

/** Commands that only read. Each takes a noticeable time. */
const COMMANDS: readonly unknown[] = [entitiesCommand, validateCommand];

/** Options whose effects aren't recorded: other machines, and files that a Backstage's rules lead to. */
const UNRECORDED = ['source', 'sources-of-settings', 'config', 'location', 'no-cache'];

/** A line of stderr, or the length of some text of stdout. */
type OutputPart = string | number;

interface Answer {
  /** Id of the output that belongs to it. */
  readonly id: string;
  readonly code: number;
  readonly parts: readonly OutputPart[];
}

/**
 * Runs a command, or repeats what it printed the last time if nothing that it depends on has changed since.
 *
 * @param args - arguments after the program's name
 */
export async function runOrReplay(
  args: readonly string[],
  parsed: ParsedCommand,
  context: CommandContext,
  run: (context: CommandContext) => Promise<number>,
): Promise<number> {
  const { cache, clock, terminal, signal } = context;
  const isRecorded =
    COMMANDS.includes(parsed.command) && !UNRECORDED.some(name => parsed.options.has(name));
  if (!cache || !isRecorded) return run(context);
  const { cwd, fileSystem, env } = context;
  const started = clock.now();
  const { width, paint } = terminal;
  const store = new AnswerStore(
    cache.storeOf(JSON.stringify(['answer', cwd, args, width, paint('red', '')])),
    await cache.version(),
  );
  terminal.showProgress('Looking for changes');
  const before = await store.read();
  if (before) {
    const files = context.idleFileSystem ?? fileSystem;
    const { areTrue, renewed } = await verifyFacts(before.facts, { files, env, signal }, started);
    const output = areTrue ? await store.readOutput(before.answer) : undefined;
    if (output !== undefined) {
      print(before.answer, output, terminal);
      if (renewed) await store.write(before.answer, renewed);
      return before.answer.code;
    }
  }
  const facts = new FactRecorder(fileSystem, env, started);
  const recorded = new RecordingTerminal(terminal);
  const code = await run({
    ...context,
    fileSystem: facts,
    env: facts.env,
    terminal: recorded,
    recorder: facts,
  });
  const isWhole = code === exitCodes.ok || code === exitCodes.problems;
  const { output } = recorded;
  if (isWhole && output && !signal.aborted) {
    const found = await facts.finish(before?.facts ?? []);
    if (found && !signal.aborted) {
      const answer = { id: randomUUID(), code, parts: output.parts };
      await store.writeOutput(answer, output.text);
      await store.write(answer, found);
    }
  }
  return code;
}

/** Stores the output of a command and the facts that it depends on. */
class AnswerStore {
  readonly #facts: VersionedBlob<Answer, Fact>;
  readonly #output: VersionedBlob<string>;

  constructor(store: BlobStore, version: string) {
    this.#facts = new VersionedBlob(store, 'facts', [FORMAT, version]);
    this.#output = new VersionedBlob(store, 'output', [FORMAT, version]);
  }

  async read(): Promise<{ readonly answer: Answer; readonly facts: readonly Fact[] } | undefined> {
    const content = await this.#facts.read();
    if (!content) return undefined;
    const facts: Fact[] = [];
    for await (const items of content.items()) facts.push(...items);
    return { answer: content.head, facts };
  }

  /** Returns undefined if another process has replaced it. */
  async readOutput({ id }: Answer): Promise<string | undefined> {
    const content = await this.#output.read();
    return content?.head === id ? new TextDecoder().decode(content.bytes()) : undefined;
  }

  write(answer: Answer, facts: readonly Fact[]): Promise<void> {
    return this.#facts.write(answer, facts);
  }

  writeOutput({ id }: Answer, text: string): Promise<void> {
    return this.#output.writeBytes(id, new TextEncoder().encode(text));
  }
}

function print({ parts }: Answer, output: string, terminal: Terminal): void {
  let at = 0;
  for (const part of parts) {
    if (typeof part === 'string') terminal.writeError(part);
    else terminal.write(output.slice(at, (at += part)));
  }
}

/** Records what is written to a terminal. */
class RecordingTerminal implements Terminal {
  readonly #terminal: Terminal;
  #parts: OutputPart[] | undefined = [];
  #texts: string[] = [];
  #length = 0;
  readonly paint: Terminal['paint'];
  readonly width: Terminal['width'];

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.paint = terminal.paint;
    this.width = terminal.width;
  }

  /** Undefined if it was too much. */
  get output(): { readonly parts: readonly OutputPart[]; readonly text: string } | undefined {
    return this.#parts && { parts: this.#parts, text: this.#texts.join('') };
  }

  write(text: string, options?: { readonly isCancelled?: boolean }): void {
    this.#terminal.write(text, options);
    const parts = this.#parts;
    const last = parts?.at(-1);
    this.#length += text.length;
    if (this.#length > MAX_OUTPUT) {
      this.#parts = undefined;
      this.#texts = [];
    } else if (parts) {
      this.#texts.push(text);
      if (typeof last === 'number') parts[parts.length - 1] = last + text.length;
      else parts.push(text.length);
    }
  }

  writeError(line: string): void {
    this.#terminal.writeError(line);
    this.#parts?.push(line);
  }

  showProgress(text: string | undefined): void {
    this.#terminal.showProgress(text);
  }
}
