import { CANARY, type Reader } from './attack';

/** Control and bidirectional characters that `test/unit/cli/hostileInput.test.ts` forbids. */
const COMMANDS = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/; // oxlint-disable-line no-control-regex

/** Failure in a result, if any. */
function complaintAbout(
  result: unknown,
  { isShown, input }: { readonly isShown: boolean; readonly input: string },
): string | undefined {
  const texts = new TextCounter(isShown);
  texts.visit(result);
  if (texts.foundCanary && !input.includes(CANARY)) {
    return 'The result discloses what the input must not lead to';
  }
  if (texts.command !== undefined) {
    return `The output has a control character: ${JSON.stringify(texts.command)}`;
  }
  // A highlighted line of code becomes some 200 times as long; the rest is for messages and positions.
  const most = 3_000_000 + 400 * input.length;
  return texts.size > most
    ? `The result has ${texts.size} characters, from ${input.length}`
    : undefined;
}

/** Walks a result; parts that are shared count once. */
class TextCounter {
  size = 0;
  foundCanary = false;
  command: string | undefined;
  readonly #isShown: boolean;
  readonly #seen = new Set<object>();

  constructor(isShown: boolean) {
    this.#isShown = isShown;
  }

  visit(root: unknown): void {
    const pending: unknown[] = [root];
    while (pending.length > 0) {
      const value = pending.pop();
      if (typeof value === 'string') this.#text(value);
      else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
        if (this.#seen.has(value)) continue;
        this.#seen.add(value);
        this.size += 8;
        if (value instanceof Error) pending.push(value.message);
        if (value instanceof Map) pending.push(...value.keys(), ...value.values());
        else if (value instanceof Set) pending.push(...value);
        for (const key of Object.keys(value)) {
          this.#text(key);
          pending.push(Reflect.get(value, key));
        }
      } else if (ArrayBuffer.isView(value)) this.size += value.byteLength;
    }
  }

  #text(text: string): void {
    this.size += text.length;
    this.foundCanary ||= text.includes(CANARY);
    if (this.#isShown && this.command === undefined) {
      const found = COMMANDS.exec(text);
      if (found) this.command = text.slice(Math.max(0, found.index - 40), found.index + 40);
    }
  }
}

const PROTOTYPES = { Object, Array, Function, String, Number, Map, Set, Promise, Error };

/** Names of all properties of the prototypes, to compare before and after an attack. */
export function prototypeNames(): string {
  return Object.entries(PROTOTYPES)
    .map(([name, { prototype }]) => `${name}: ${Reflect.ownKeys(prototype).map(String).join(' ')}`)
    .join('\n');
}

/** Reads once as the product does, and throws an error for a failure. @returns microseconds of CPU time */
export async function attempt(reader: Reader, input: string): Promise<number> {
  const before = process.cpuUsage();
  let result: unknown;
  try {
    result = await reader.read(input);
  } catch (error) {
    if (!reader.allows?.(error)) throw error;
    result = error;
  }
  const { user, system } = process.cpuUsage(before);
  const complaint = complaintAbout(result, { input, isShown: reader.isShown ?? false });
  if (complaint !== undefined) throw new Error(complaint);
  return user + system;
}
