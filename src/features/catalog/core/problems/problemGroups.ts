import { getOrInsert, groupBy } from '../../../../base';
import type { Problem } from '../../../../model';
import { compareFiles, type IndexedFile } from '../workspace/files/indexedFile';
import { groupedProblem, groupKeyOf } from './groupProblems';

/** Problems of a file in one group. */
interface Member {
  readonly file: IndexedFile;
  readonly problems: readonly Problem[];
}

/** Problems with one cause, in conflict order of their files. Immutable. */
class ProblemGroup {
  #members: readonly Member[];
  #problem: Problem | undefined;

  constructor(members: readonly Member[]) {
    this.#members = members;
  }

  /** URI of the file in which the group is reported. */
  get place(): string | undefined {
    return this.#members[0]?.file.uri;
  }

  get problem(): Problem | undefined {
    if (this.#problem) return this.#problem;
    const [first, ...others] = this.#members.flatMap(({ problems }) => problems);
    this.#problem = first && groupedProblem(first, others, others.length + 1);
    return this.#problem;
  }

  /** Returns the group with other members in place of those of some files. */
  with(members: readonly Member[], files: ReadonlySet<string>): ProblemGroup {
    const others = this.#members.filter(({ file }) => !files.has(file.uri));
    return new ProblemGroup(
      [...others, ...members].sort((one, other) => compareFiles(one.file, other.file)),
    );
  }
}

/** Groups of problems of all files by cause, each reported once. */
export class ProblemGroups {
  #groups = new Map<string, ProblemGroup>();
  /** Members by file URI, then by group key. */
  #members = new Map<string, ReadonlyMap<string, Member>>();

  /** Returns an independent copy. */
  copy(): ProblemGroups {
    const groups = new ProblemGroups();
    groups.#groups = new Map(this.#groups);
    groups.#members = new Map(this.#members);
    return groups;
  }

  /**
   * Replaces the problems of some files. The cost depends on the size of their groups.
   *
   * @param fileOf - returns undefined for deleted files
   * @param places - receives the URIs of files whose reported problems change
   */
  *update(
    found: ReadonlyMap<string, readonly Problem[]>,
    fileOf: (uri: string) => IndexedFile | undefined,
    places: Set<string>,
  ): Generator<void> {
    const changes = new Map<string, { files: Set<string>; members: Member[] }>();
    for (const [uri, problems] of found) {
      yield;
      const file = fileOf(uri);
      const before = this.#members.get(uri) ?? NONE;
      const after = file ? membersOf(file, problems) : NONE;
      for (const key of new Set([...before.keys(), ...after.keys()])) {
        const [old, member] = [before.get(key), after.get(key)];
        if (old && member && isSame(old, member)) continue;
        const change = getOrInsert(changes, key, () => ({ files: new Set<string>(), members: [] }));
        change.files.add(uri);
        if (member) change.members.push(member);
      }
      if (after.size) this.#members.set(uri, after);
      else this.#members.delete(uri);
    }
    for (const [key, { files, members }] of changes) {
      yield;
      const before = this.#groups.get(key);
      const after = (before ?? new ProblemGroup([])).with(members, files);
      for (const group of [before, after]) if (group?.place !== undefined) places.add(group.place);
      if (after.place === undefined) this.#groups.delete(key);
      else this.#groups.set(key, after);
    }
  }

  /** Returns the reported problems of a file: a group only at its first place. */
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
  const byKey = groupBy(problems, groupKeyOf);
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
