import type { PatternNode, Place } from './patternSyntax';

const ASCII = 128;
/** The maximum number of cached characters outside ASCII. */
const MAX_REMEMBERED = 1000;

/** The characters that a class or escape of a regular expression matches, determined by the engine. */
class CharacterSet {
  #expression: RegExp;
  /** Results by code: 1 for members, 2 for others, 0 if not tested yet. */
  #ascii = new Uint8Array(ASCII);
  #others = new Map<number, boolean>();

  /**
   * @param source - matches one character: the character itself, an escape or a class
   */
  constructor(source: string, flags: string) {
    this.#expression = new RegExp(`^${source}$`, flags);
  }

  has(point: number): boolean {
    if (point < ASCII) {
      return (this.#ascii[point] ||= this.#test(point) ? 1 : 2) === 1;
    }
    let known = this.#others.get(point);
    if (known === undefined) {
      if (this.#others.size >= MAX_REMEMBERED) this.#others.clear();
      this.#others.set(point, (known = this.#test(point)));
    }
    return known;
  }

  #test(point: number): boolean {
    return this.#expression.test(String.fromCodePoint(point));
  }
}

/** The action of a state of the machine before it continues with the next one. */
export type Instruction =
  /** Takes a character. */
  | { readonly type: 'literal'; readonly point: number }
  | { readonly type: 'set'; readonly set: CharacterSet }
  /** Continues at another instruction: in addition to the next one, or instead of it. */
  | { readonly type: 'fork'; to: number }
  | { readonly type: 'jump'; to: number }
  /** Continues if a condition of the program holds. */
  | { readonly type: 'condition'; readonly index: number }
  /** Takes any text that the program doesn't match. */
  | { readonly type: 'except'; readonly program: PatternProgram }
  | { readonly type: 'end' };

/** A condition on a place of the text that depends on the rest of the text. */
export type Condition =
  | { readonly type: 'place'; readonly is: Place }
  | {
      readonly type: 'look';
      readonly program: PatternProgram;
      readonly isWanted: boolean;
      /**
       * Whether it depends on a few characters only, and is evaluated for each place rather than for all places at
       * once.
       */
      readonly isShort: boolean;
    };

/** A pattern as a machine that can be in many states at a time. */
export interface PatternProgram {
  readonly instructions: readonly Instruction[];
  readonly conditions: readonly Condition[];
  /** Whether it reads a text from its end to its start. */
  readonly isBackward: boolean;
  /** Whether it starts only at the start of a text, or at the given place. */
  readonly isAnchored: boolean;
}

/** The maximum number of conditions in a program: each is a bit of a number. */
const MAX_CONDITIONS = 52;
/** The maximum length of a lookaround that is evaluated for each place. */
const MAX_SHORT = 4;

class TooLarge extends Error {}

/**
 * Compiles a pattern. Returns undefined if it needs more than `maxSize` instructions, those of lookarounds included.
 */
export function programOf(
  pattern: PatternNode,
  { maxSize }: { maxSize: number },
): (PatternProgram & { readonly size: number }) | undefined {
  const budget = { left: maxSize };
  try {
    const deps = { budget, isBackward: false, isAnchored: false, sets: new Map() };
    const program = new Compiler(deps).compile(pattern);
    return { ...program, size: maxSize - budget.left };
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

interface CompilerDeps {
  readonly budget: { left: number };
  readonly isBackward: boolean;
  readonly isAnchored: boolean;
  /** Character sets by flags and source. */
  readonly sets: Map<string, CharacterSet>;
}

class Compiler {
  #deps: CompilerDeps;
  #instructions: Instruction[] = [];
  /** Compiled lookarounds, shared by the copies in repetitions. */
  #looks = new Map<PatternNode, PatternProgram>();
  #conditions: Condition[] = [];
  /** Indexes of conditions by content. */
  #known = new Map<string, number>();

  constructor(deps: CompilerDeps) {
    this.#deps = deps;
  }

  compile(pattern: PatternNode): PatternProgram {
    this.#write(pattern);
    this.#add({ type: 'end' });
    const { isBackward, isAnchored } = this.#deps;
    const instructions = this.#instructions;
    const conditions = this.#conditions;
    return {
      instructions,
      conditions,
      isBackward,
      isAnchored: isAnchored || this.#startsAtStart(),
    };
  }

  #write(node: PatternNode): void {
    switch (node.type) {
      case 'character':
        this.#add(this.#character(node.source, node.flags));
        return;
      case 'sequence':
        for (const item of this.#deps.isBackward ? [...node.items].reverse() : node.items) {
          this.#write(item);
        }
        return;
      case 'alternatives':
        this.#alternatives(node.items);
        return;
      case 'repetition':
        this.#repetition(node);
        return;
      case 'place':
        this.#condition(JSON.stringify(node.is), () => ({ type: 'place', is: node.is }));
        return;
      case 'look': {
        const key = JSON.stringify([node.isBehind, node.isWanted, node.item]);
        this.#condition(key, () => ({
          type: 'look',
          program: this.#look(node),
          isWanted: node.isWanted,
          isShort: isShort(node),
        }));
        return;
      }
      case 'except':
        this.#add({ type: 'except', program: this.#except(node) });
    }
  }

  #alternatives(items: readonly PatternNode[]): void {
    const ends: { to: number }[] = [];
    for (const [index, item] of items.entries()) {
      if (index === items.length - 1) {
        this.#write(item);
        continue;
      }
      const fork = this.#add({ type: 'fork', to: 0 });
      this.#write(item);
      ends.push(this.#add({ type: 'jump', to: 0 }));
      fork.to = this.#instructions.length;
    }
    for (const end of ends) end.to = this.#instructions.length;
  }

  #repetition({ item, min, max }: PatternNode & { readonly type: 'repetition' }): void {
    // The body of an infinite repetition is compiled once.
    const isLoop = max === Infinity && min > 0;
    for (let count = isLoop ? 1 : 0; count < min; count++) {
      // An empty copy takes time too.
      this.#spend();
      this.#write(item);
    }
    if (isLoop) {
      const start = this.#instructions.length;
      this.#write(item);
      this.#add({ type: 'fork', to: start });
      return;
    }
    if (max === Infinity) {
      const start = this.#instructions.length;
      const fork = this.#add({ type: 'fork', to: 0 });
      this.#write(item);
      this.#add({ type: 'jump', to: start });
      fork.to = this.#instructions.length;
      return;
    }
    const forks: { to: number }[] = [];
    for (let count = min; count < max; count++) {
      forks.push(this.#add({ type: 'fork', to: 0 }));
      this.#write(item);
    }
    for (const fork of forks) fork.to = this.#instructions.length;
  }

  #look(node: PatternNode & { readonly type: 'look' }): PatternProgram {
    let program = this.#looks.get(node);
    if (!program) {
      const isAnchored = isShort(node);
      // Started from the other end, it reaches all places from which it would have come here.
      const isBackward = node.isBehind === isAnchored;
      const deps = { ...this.#deps, isBackward, isAnchored };
      program = new Compiler(deps).compile(node.item);
      this.#looks.set(node, program);
    }
    return program;
  }

  #except(node: PatternNode & { readonly type: 'except' }): PatternProgram {
    const deps = { ...this.#deps, isAnchored: true };
    return new Compiler(deps).compile(node.item);
  }

  #condition(key: string, create: () => Condition): void {
    let index = this.#known.get(key);
    if (index === undefined) {
      index = this.#conditions.length;
      if (index >= MAX_CONDITIONS) throw new TooLarge();
      this.#known.set(key, index);
      this.#conditions.push(create());
    }
    this.#add({ type: 'condition', index });
  }

  /** Whether the first instruction requires the start of the text. */
  #startsAtStart(): boolean {
    const [first] = this.#instructions;
    if (first?.type !== 'condition' || this.#deps.isBackward) return false;
    const condition = this.#conditions[first.index];
    return condition?.type === 'place' && condition.is.at === 'start' && !condition.is.ofLine;
  }

  #character(source: string, flags: string): Instruction {
    const point = source.codePointAt(0) ?? 0;
    const isItself = !/^[[\\.]/.test(source) && !flags.includes('i');
    if (isItself) return { type: 'literal', point };
    const { sets } = this.#deps;
    const key = `${flags}/${source}`;
    const set = sets.get(key) ?? new CharacterSet(source, flags);
    sets.set(key, set);
    return { type: 'set', set };
  }

  #add<T extends Instruction>(instruction: T): T {
    this.#spend();
    this.#instructions.push(instruction);
    return instruction;
  }

  #spend(): void {
    if (--this.#deps.budget.left < 0) throw new TooLarge();
  }
}

function isShort({ item }: PatternNode & { readonly type: 'look' }): boolean {
  return longest(item) <= MAX_SHORT;
}

/**
 * Returns the maximum number of characters that a pattern takes; infinity if it has more than classes, groups and
 * repetitions.
 */
function longest(node: PatternNode): number {
  switch (node.type) {
    case 'character':
      return 1;
    case 'sequence':
      return node.items.reduce((sum, item) => sum + longest(item), 0);
    case 'alternatives':
      return Math.max(...node.items.map(longest));
    case 'repetition':
      return longest(node.item) * node.max || 0;
    case 'place':
      return 0;
    case 'look':
    case 'except':
      return Infinity;
  }
}
