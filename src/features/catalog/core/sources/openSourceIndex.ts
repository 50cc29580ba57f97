import type { SourceIndex, SourceIndexDeps } from './sourceIndex';

/** An index of what a source has; loaded when there is one. */
export async function openSourceIndex(deps: SourceIndexDeps): Promise<SourceIndex> {
  const { SourceIndex } = await import('./sourceIndex');
  return new SourceIndex(deps);
}
