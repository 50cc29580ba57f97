/** Returns the nodes of a cycle in order; undefined if there is none. */
export function findCycle<T>(
  nodes: readonly T[],
  next: (node: T) => readonly T[],
): readonly T[] | undefined {
  const finished = new Set<T>();
  const path: T[] = [];

  const visit = (node: T): readonly T[] | undefined => {
    if (finished.has(node)) return undefined;
    const at = path.indexOf(node);
    if (at >= 0) return path.slice(at);
    path.push(node);
    for (const target of next(node)) {
      const cycle = visit(target);
      if (cycle) return cycle;
    }
    path.pop();
    finished.add(node);
    return undefined;
  };

  for (const node of nodes) {
    const cycle = visit(node);
    if (cycle) return cycle;
  }
  return undefined;
}
