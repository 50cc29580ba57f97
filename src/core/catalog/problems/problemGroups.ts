import type { Problem } from '../../../model';
import { compareFiles, type IndexedFile } from '../workspace/fileTable';
import type { Slices } from '../workspace/slices';
import { groupedProblem, groupKeyOf } from './groupProblems';

/** The problems of a file that belong to one group. */
interface Member {
  readonly file: IndexedFile;
  readonly problems: readonly Problem[];
}

/** Problems with one cause, by their files in the order of conflicts. */
class ProblemGroup {
  #members: Member[] = [];
  #count = 0;
  #grouped: Problem | undefined;

  get isEmpty(): boolean {
    return this.#members.length === 0;
  }

  /** URI of the file that the whole group is reported in. */
  get place(): string | undefined {
    return this.#members[0]?.file.uri;
  }

  get problem(): Problem | undefined {
    const first = this.#members[0]?.problems[0];
    if (!first) return undefined;
    return (this.#grouped ??= groupedProblem(first, this.#others(), this.#count));
  }

  add(member: Member): void {
    this.#members.splice(this.#indexOf(member.file), 0, member);
    this.#count += member.problems.length;
    this.#grouped = undefined;
  }

  remove({ file, problems }: Member): void {
    this.#members.splice(this.#indexOf(file), 1);
    this.#count -= problems.length;
    this.#grouped = undefined;
  }

  /** Takes up many changes: each would move all members that come after it. */
  change(removed: ReadonlySet<Member>, added: readonly Member[]): void {
    const uris = new Set([...removed].map(({ file }) => file.uri));
    const kept = this.#members.filter(({ file }) => !uris.has(file.uri));
    const sorted = [...added].sort((a, b) => compareFiles(a.file, b.file));
    const members: Member[] = [];
    let at = 0;
    for (const member of kept) {
      for (
        let next = sorted[at];
        next && compareFiles(next.file, member.file) < 0;
        next = sorted[at]
      ) {
        members.push(next);
        at++;
      }
      members.push(member);
    }
    for (; at < sorted.length; at++) members.push(...sorted.slice(at, at + 1));
    this.#members = members;
    for (const { problems } of removed) this.#count -= problems.length;
    for (const { problems } of added) this.#count += problems.length;
    this.#grouped = undefined;
  }

  copy(): ProblemGroup {
    const group = new ProblemGroup();
    group.#members = [...this.#members];
    group.#count = this.#count;
    group.#grouped = this.#grouped;
    return group;
  }

  *#others(): Generator<Problem> {
    let isFirst = true;
    for (const { problems } of this.#members) {
      for (const problem of problems) {
        if (!isFirst) yield problem;
        isFirst = false;
      }
    }
  }

  /** Of the first member that does not come before a file. */
  #indexOf(file: IndexedFile): number {
    let low = 0;
    let high = this.#members.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const member = this.#members[middle];
      if (member && compareFiles(member.file, file) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * Problems of all files that have the same cause, so that each cause is reported once. It follows the files
 * one by one: a change costs what the changed files hold.
 */
export class ProblemGroups {
  #groups = new Map<string, ProblemGroup>();
  /** By URI of the file, then by key of the group. */
  #members = new Map<string, ReadonlyMap<string, Member>>();

  /** A copy that changes apart from this one. */
  copy(): ProblemGroups {
    const groups = new ProblemGroups();
    for (const [key, group] of this.#groups) groups.#groups.set(key, group.copy());
    groups.#members = new Map(this.#members);
    return groups;
  }

  /**
   * Puts the problems of a file in the place of those that it had.
   *
   * @param file - undefined where the catalog has it no more
   * @returns URIs of files whose reported problems change with it, this one left out
   */
  update(
    uri: string,
    file: IndexedFile | undefined,
    problems: readonly Problem[],
  ): ReadonlySet<string> {
    const before = this.#members.get(uri) ?? NONE;
    const after = file ? membersOf(file, problems) : NONE;
    const places = new Set<string>();
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      const [old, member] = [before.get(key), after.get(key)];
      if (old && member && isSame(old, member)) continue;
      const group = this.#groups.get(key) ?? new ProblemGroup();
      this.#groups.set(key, group);
      if (group.place !== undefined) places.add(group.place);
      if (old) group.remove(old);
      if (member) group.add(member);
      if (group.place !== undefined) places.add(group.place);
      if (group.isEmpty) this.#groups.delete(key);
    }
    if (after.size) this.#members.set(uri, after);
    else this.#members.delete(uri);
    places.delete(uri);
    return places;
  }

  /** The same for many files: what it costs grows with them, and not with their square. */
  async updateAll(
    found: ReadonlyMap<string, readonly Problem[]>,
    fileOf: (uri: string) => IndexedFile | undefined,
    slices: Slices,
  ): Promise<ReadonlySet<string>> {
    const changes = new Map<string, { removed: Set<Member>; added: Member[] }>();
    for (const [uri, problems] of found) {
      if (slices.isOver) await slices.pause();
      const file = fileOf(uri);
      const before = this.#members.get(uri) ?? NONE;
      const after = file ? membersOf(file, problems) : NONE;
      for (const key of new Set([...before.keys(), ...after.keys()])) {
        const [old, member] = [before.get(key), after.get(key)];
        if (old && member && isSame(old, member)) continue;
        let change = changes.get(key);
        if (!change) changes.set(key, (change = { removed: new Set(), added: [] }));
        if (old) change.removed.add(old);
        if (member) change.added.push(member);
      }
      if (after.size) this.#members.set(uri, after);
      else this.#members.delete(uri);
    }
    const places = new Set<string>();
    for (const [key, { removed, added }] of changes) {
      if (slices.isOver) await slices.pause();
      const group = this.#groups.get(key) ?? new ProblemGroup();
      if (group.place !== undefined) places.add(group.place);
      group.change(removed, added);
      if (group.place !== undefined) places.add(group.place);
      if (group.isEmpty) this.#groups.delete(key);
      else this.#groups.set(key, group);
    }
    return places;
  }

  /** Problems of a file as they are reported: a group only in the first of its places. */
  reported(uri: string, problems: readonly Problem[]): readonly Problem[] {
    const members = this.#members.get(uri);
    if (!members) return problems;
    return problems.flatMap(problem => {
      const key = groupKeyOf(problem);
      const member = key === undefined ? undefined : members.get(key);
      const group = key === undefined ? undefined : this.#groups.get(key);
      if (!member || !group) return problem;
      const isFirst = group.place === uri && member.problems[0] === problem;
      return isFirst ? (group.problem ?? []) : [];
    });
  }
}

const NONE: ReadonlyMap<string, Member> = new Map();

function membersOf(file: IndexedFile, problems: readonly Problem[]): ReadonlyMap<string, Member> {
  const byKey = new Map<string, Problem[]>();
  for (const problem of problems) {
    const key = groupKeyOf(problem);
    const known = key === undefined ? undefined : byKey.get(key);
    if (known) known.push(problem);
    else if (key !== undefined) byKey.set(key, [problem]);
  }
  if (!byKey.size) return NONE;
  return new Map([...byKey].map(([key, group]) => [key, { file, problems: group }]));
}

function isSame(a: Member, b: Member): boolean {
  return (
    compareFiles(a.file, b.file) === 0 &&
    a.problems.length === b.problems.length &&
    a.problems.every((problem, index) => problem === b.problems[index])
  );
}
