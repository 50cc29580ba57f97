import type { Condition, PatternProgram } from './patternProgram';
import type { Place } from './patternSyntax';

/** The number of steps that are left for the matches that share the budget. */
export interface StepBudget {
  left: number;
}

/** Matching needs more steps than are left. */
export class StepsSpentError extends Error {
  override readonly name = 'StepsSpentError';
}

/**
 * Matches texts with a program in linear time: reads a text once and tracks all reachable states at once. Sets of
 * states are cached, so that a character costs one lookup once its set is known.
 */
export class PatternMachine {
  #automaton: Automaton;
  #isUnicode: boolean;

  constructor(program: PatternProgram, isUnicode: boolean) {
    this.#automaton = new Automaton(program);
    this.#isUnicode = isUnicode;
  }

  /** Whether the program matches anywhere in a text. @throws StepsSpentError */
  test(text: string, budget: StepBudget = { left: Infinity }): boolean {
    const points = this.#isUnicode ? codePoints(text) : codeUnits(text);
    return this.#automaton.run({ points, budget, ends: new Map() });
  }
}

/** A text that is being matched. */
interface Subject {
  /** The characters of the text. */
  readonly points: Uint32Array;
  readonly budget: StepBudget;
  /** For each lookaround, 1 at the places where it matches. */
  readonly ends: Map<Automaton, Uint8Array>;
}

/** States to enter at a place, before its conditions are evaluated. */
interface Kernel {
  readonly states: readonly number[];
  readonly runs: readonly Run[];
  /** Indexes of the relevant conditions. */
  readonly conditions: readonly number[];
  /** Whether the conditions are about the ends of a text. */
  readonly isOfEnds: boolean;
  /** Sets of states by the conditions that hold, as bits of a number. */
  readonly entered: Map<number, StateSet>;
  /** The only set, if there are no conditions. */
  only: StateSet | undefined;
  /** The set away from both ends of a text, if the conditions are about the ends. */
  inner: StateSet | undefined;
}

/** States of a program at a place. */
interface StateSet {
  readonly id: number;
  /** States that take a character. */
  readonly takes: readonly number[];
  readonly runs: readonly Run[];
  readonly isEnd: boolean;
  /** The cached next states by character. */
  readonly next: Map<number, Kernel>;
}

/** A text that an `except` instruction has taken so far. */
interface Run {
  /** Index of the instruction. */
  readonly at: number;
  /** States of the instruction's own program. */
  readonly set: StateSet;
}

/** The approximate maximum number of words in the cache of a program; it is cleared beyond that. */
const MAX_CACHED = 60_000;
/** Words of a set, without its states. */
const SET_SIZE = 100;
/** Steps to build a set that isn't cached, without its states. */
const NEW_SET = 20;
/** Instructions that pass on to other states without taking a character. */
const PASSED: ReadonlySet<string> = new Set(['fork', 'condition', 'except']);
let nextId = 0;

class Automaton {
  #program: PatternProgram;
  #conditions: readonly { readonly condition: Condition; readonly look: Automaton | undefined }[];
  /** Automatons by the indexes of `except` instructions. */
  #excepted = new Map<number, Automaton>();
  #kernels = new Map<string, Kernel>();
  #start: Kernel;
  #cached = 0;
  /** For each state, the round in which it was entered last. */
  #marks: Uint32Array;
  #round = 0;

  constructor(program: PatternProgram) {
    this.#program = program;
    this.#marks = new Uint32Array(program.instructions.length);
    this.#conditions = program.conditions.map(condition => ({
      condition,
      look: condition.type === 'look' ? automatonOf(condition.program) : undefined,
    }));
    for (const [index, instruction] of program.instructions.entries()) {
      if (instruction.type === 'except') {
        this.#excepted.set(index, automatonOf(instruction.program));
      }
    }
    this.#start = this.#newKernel([0], []);
  }

  /**
   * Whether the program matches when started at a place. By default, it starts at the end that it reads from.
   *
   * @param ends - receives a 1 for each place where a match ends; without it, the first match is enough
   */
  run(subject: Subject, start?: number, ends?: Uint8Array): boolean {
    const { points, budget } = subject;
    const { isBackward } = this.#program;
    const { length } = points;
    const last = isBackward ? 0 : length;
    let kernel = this.#start;
    for (let place = start ?? length - last; ; place += isBackward ? -1 : 1) {
      if (--budget.left < 0) throw new StepsSpentError();
      const set =
        kernel.only ??
        (place > 0 && place < length ? kernel.inner : undefined) ??
        this.#setAt(kernel, place, subject);
      if (set.isEnd) {
        if (!ends) return true;
        ends[place] = 1;
      }
      if (place === last) return false;
      const point = points[isBackward ? place - 1 : place] ?? 0;
      kernel = set.next.get(point) ?? this.#take(set, point, budget);
      if (kernel.states.length === 0 && kernel.runs.length === 0) return false;
    }
  }

  start(budget: StepBudget): StateSet {
    return this.#start.only ?? this.#enter(this.#start, 0, budget);
  }

  /** Returns the states after a character, if there are no conditions. */
  follow(set: StateSet, point: number, budget: StepBudget): StateSet {
    if (--budget.left < 0) throw new StepsSpentError();
    const kernel = set.next.get(point) ?? this.#take(set, point, budget);
    return kernel.only ?? this.#enter(kernel, 0, budget);
  }

  #setAt(kernel: Kernel, place: number, subject: Subject): StateSet {
    const context = this.#contextAt(kernel.conditions, place, subject);
    const set = kernel.entered.get(context) ?? this.#enter(kernel, context, subject.budget);
    const isInner = place > 0 && place < subject.points.length;
    if (isInner && kernel.isOfEnds) kernel.inner = set;
    return set;
  }

  #isOfEnds(index: number): boolean {
    const condition = this.#conditions[index]?.condition;
    if (condition?.type !== 'place') return false;
    const { is } = condition;
    return is.at === 'behindStart' || ((is.at === 'start' || is.at === 'end') && !is.ofLine);
  }

  #newKernel(states: readonly number[], runs: readonly Run[]): Kernel {
    const conditions = this.#conditions.length ? this.#conditionsOf(states, runs) : [];
    const isOfEnds = conditions.every(index => this.#isOfEnds(index));
    return {
      states,
      runs,
      conditions,
      isOfEnds,
      entered: new Map(),
      only: undefined,
      inner: undefined,
    };
  }

  /** Returns the indexes of the conditions that can be reached without taking a character. */
  #conditionsOf(states: readonly number[], runs: readonly Run[]): readonly number[] {
    const { instructions } = this.#program;
    const conditions = new Set<number>();
    this.#newRound();
    const pending = [...states, ...runs.map(({ at }) => at + 1)];
    for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
      const instruction = instructions[state];
      if (!instruction || this.#marks[state] === this.#round) continue;
      this.#marks[state] = this.#round;
      if (instruction.type === 'condition') conditions.add(instruction.index);
      if (instruction.type === 'fork' || instruction.type === 'jump') pending.push(instruction.to);
      if (PASSED.has(instruction.type)) pending.push(state + 1);
    }
    return [...conditions];
  }

  #newRound(): void {
    if (++this.#round <= 0xffffffff) return;
    this.#marks.fill(0);
    this.#round = 1;
  }

  #enter(kernel: Kernel, context: number, budget: StepBudget): StateSet {
    const { instructions } = this.#program;
    budget.left -= NEW_SET;
    this.#newRound();
    const pending = [...kernel.states];
    const takes: number[] = [];
    const runs = new Map<string, Run>();
    let isEnd = false;
    const addRun = (run: Run): void => {
      const key = runKey(run);
      if (runs.has(key)) return;
      runs.set(key, run);
      if (!run.set.isEnd) pending.push(run.at + 1);
    };
    for (const run of kernel.runs) addRun(run);
    for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
      if (--budget.left < 0) throw new StepsSpentError();
      const instruction = instructions[state];
      if (!instruction || this.#marks[state] === this.#round) continue;
      this.#marks[state] = this.#round;
      switch (instruction.type) {
        case 'literal':
        case 'set':
          takes.push(state);
          break;
        case 'fork':
          pending.push(instruction.to, state + 1);
          break;
        case 'jump':
          pending.push(instruction.to);
          break;
        case 'condition':
          if (Math.floor(context / 2 ** instruction.index) % 2 === 1) pending.push(state + 1);
          break;
        case 'except': {
          const excepted = this.#excepted.get(state);
          if (excepted) addRun({ at: state, set: excepted.start(budget) });
          break;
        }
        case 'end':
          isEnd = true;
      }
    }
    const set: StateSet = {
      id: nextId++,
      takes: takes.sort((a, b) => a - b),
      runs: [...runs.values()],
      isEnd,
      next: new Map(),
    };
    this.#cached += SET_SIZE + takes.length + runs.size;
    if (kernel.conditions.length) kernel.entered.set(context, set);
    else kernel.only = set;
    return set;
  }

  #take(set: StateSet, point: number, budget: StepBudget): Kernel {
    if (this.#cached > MAX_CACHED) this.#clear();
    const { instructions, isAnchored } = this.#program;
    budget.left -= NEW_SET + set.takes.length + set.runs.length;
    if (budget.left < 0) throw new StepsSpentError();
    const states = isAnchored ? [] : [0];
    for (const state of set.takes) {
      const instruction = instructions[state];
      const isTaken =
        instruction?.type === 'literal'
          ? instruction.point === point
          : instruction?.type === 'set' && instruction.set.has(point);
      if (isTaken) states.push(state + 1);
    }
    const runs: Run[] = [];
    for (const { at, set: taken } of set.runs) {
      const excepted = this.#excepted.get(at);
      if (excepted) runs.push({ at, set: excepted.follow(taken, point, budget) });
    }
    const key = `${states.join()}|${runs.map(runKey).sort().join()}`;
    let kernel = this.#kernels.get(key);
    if (!kernel) {
      budget.left -= states.length;
      kernel = this.#newKernel(states, runs);
      this.#cached += SET_SIZE + states.length + runs.length;
      this.#kernels.set(key, kernel);
    }
    set.next.set(point, kernel);
    return kernel;
  }

  #clear(): void {
    this.#kernels.clear();
    this.#start = this.#newKernel([0], []);
    this.#cached = 0;
  }

  /** Returns the conditions that hold at a place, as bits of a number. */
  #contextAt(indexes: readonly number[], place: number, subject: Subject): number {
    let context = 0;
    for (const index of indexes) {
      if (this.#holds(index, place, subject)) context += 2 ** index;
    }
    return context;
  }

  #holds(index: number, place: number, subject: Subject): boolean {
    const { condition, look } = this.#conditions[index] ?? {};
    if (condition?.type !== 'look' || !look) {
      return condition?.type === 'place' && isAt(condition.is, place, subject.points);
    }
    const isThere = condition.isShort ? look.run(subject, place) : look.#endsAt(place, subject);
    return isThere === condition.isWanted;
  }

  #endsAt(place: number, subject: Subject): boolean {
    let ends = subject.ends.get(this);
    if (!ends) {
      ends = new Uint8Array(subject.points.length + 1);
      this.run(subject, undefined, ends);
      subject.ends.set(this, ends);
    }
    return ends[place] === 1;
  }
}

const automata = new WeakMap<PatternProgram, Automaton>();

/** Returns the automaton of a lookaround or an exception, which several instructions can share. */
function automatonOf(program: PatternProgram): Automaton {
  let automaton = automata.get(program);
  if (!automaton) {
    automaton = new Automaton(program);
    automata.set(program, automaton);
  }
  return automaton;
}

function runKey({ at, set }: Run): string {
  return `${at}:${set.id}`;
}

function codePoints(text: string): Uint32Array {
  const points = new Uint32Array(text.length);
  let count = 0;
  for (let index = 0; index < text.length; count++) {
    const point = text.codePointAt(index) ?? 0;
    points[count] = point;
    index += point > 0xffff ? 2 : 1;
  }
  return points.subarray(0, count);
}

function codeUnits(text: string): Uint32Array {
  const units = new Uint32Array(text.length);
  for (let index = 0; index < text.length; index++) units[index] = text.charCodeAt(index);
  return units;
}

function isAt(is: Place, place: number, points: Uint32Array): boolean {
  const before = points[place - 1];
  const after = points[place];
  switch (is.at) {
    case 'start':
      return before === undefined || (is.ofLine && isLineEnd(before));
    case 'end':
      return after === undefined || (is.ofLine && isLineEnd(after));
    case 'behindStart':
      return before !== undefined;
    case 'edge':
      return isOfWord(before, is.ignoreCase) !== isOfWord(after, is.ignoreCase);
    case 'noEdge':
      return isOfWord(before, is.ignoreCase) === isOfWord(after, is.ignoreCase);
  }
}

function isLineEnd(point: number): boolean {
  return point === 0x0a || point === 0x0d || point === 0x2028 || point === 0x2029;
}

function isOfWord(point: number | undefined, ignoreCase: boolean): boolean {
  if (point === undefined) return false;
  return (ignoreCase ? /\w/iu : /\w/).test(String.fromCodePoint(point));
}
