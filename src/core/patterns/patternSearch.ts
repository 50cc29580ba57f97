import type { PatternProgram } from './patternProgram';
import type { Place } from './patternSyntax';

/** How many steps may be taken, by as many matches as share it. */
export interface StepBudget {
  left: number;
}

/** More steps would have been taken than there were left. */
export class StepsSpentError extends Error {
  override readonly name = 'StepsSpentError';
}

/**
 * Whether the program, started at each place of a text, comes to an end anywhere.
 *
 * @throws StepsSpentError
 */
export function matches(
  program: PatternProgram,
  text: string,
  budget: StepBudget = { left: Infinity },
): boolean {
  return new Search(text, budget).run(program, () => true);
}

/**
 * Goes through a text once, in all states at a time that a program can be in: however many ways there are
 * to the same state, it is entered once for each character.
 */
class Search {
  /** The characters of the text. */
  #points: Uint32Array;
  /** By the programs of lookarounds, 1 for the places at which they come to an end. */
  #ends = new Map<PatternProgram, Uint8Array>();

  readonly #budget: StepBudget;

  constructor(text: string, budget: StepBudget) {
    this.#points = codePoints(text);
    this.#budget = budget;
  }

  /**
   * @param ended - called with each place at which the program comes to an end, until it returns true
   * @returns whether it did
   */
  run({ instructions, isBackward }: PatternProgram, ended: (place: number) => boolean): boolean {
    const { length } = this.#points;
    /** By states, the step in which they were entered last, from 1. */
    const entered = new Int32Array(instructions.length);
    /** States to enter behind the character that was taken. */
    let following: number[] = [];
    for (let step = 0; step <= length; step++) {
      const place = isBackward ? length - step : step;
      const point = this.#points[isBackward ? place - 1 : place];
      const pending = following;
      pending.push(0);
      following = [];
      for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
        if (--this.#budget.left < 0) throw new StepsSpentError();
        const instruction = instructions[state];
        if (!instruction || entered[state] === step + 1) continue;
        entered[state] = step + 1;
        switch (instruction.type) {
          case 'literal':
            if (instruction.point === point) following.push(state + 1);
            break;
          case 'set':
            if (point !== undefined && instruction.set.has(point)) following.push(state + 1);
            break;
          case 'fork':
            pending.push(instruction.to, state + 1);
            break;
          case 'jump':
            pending.push(instruction.to);
            break;
          case 'place':
            if (this.#is(instruction.is, place)) pending.push(state + 1);
            break;
          case 'look':
            if (this.#endsAt(instruction.program, place) === instruction.isWanted) {
              pending.push(state + 1);
            }
            break;
          case 'end':
            if (ended(place)) return true;
        }
      }
    }
    return false;
  }

  #endsAt(program: PatternProgram, place: number): boolean {
    let ends = this.#ends.get(program);
    if (!ends) {
      const found = new Uint8Array(this.#points.length + 1);
      this.run(program, end => {
        found[end] = 1;
        return false;
      });
      ends = found;
      this.#ends.set(program, ends);
    }
    return ends[place] === 1;
  }

  #is(is: Place, place: number): boolean {
    const before = this.#points[place - 1];
    const after = this.#points[place];
    switch (is.at) {
      case 'start':
        return before === undefined || (is.ofLine && isLineEnd(before));
      case 'end':
        return after === undefined || (is.ofLine && isLineEnd(after));
      case 'edge':
        return isOfWord(before, is.ignoreCase) !== isOfWord(after, is.ignoreCase);
      case 'noEdge':
        return isOfWord(before, is.ignoreCase) === isOfWord(after, is.ignoreCase);
    }
  }
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

function isLineEnd(point: number): boolean {
  return point === 0x0a || point === 0x0d || point === 0x2028 || point === 0x2029;
}

function isOfWord(point: number | undefined, ignoreCase: boolean): boolean {
  if (point === undefined) return false;
  return (ignoreCase ? /\w/iu : /\w/).test(String.fromCodePoint(point));
}
