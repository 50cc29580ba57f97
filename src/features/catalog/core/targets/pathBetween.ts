import { dirnameUri, parseUri } from '../../../../base';

/** The segments of the path that leads from one file to another, as relative URLs have it. */
export function pathBetween(from: string, to: string): readonly string[] {
  const start = segmentsOf(dirnameUri(from));
  const end = segmentsOf(to);
  let common = 0;
  while (common < start.length && common < end.length - 1 && start[common] === end[common])
    common++;
  return [...start.slice(common).map(() => '..'), ...end.slice(common)];
}

function segmentsOf(uri: string): readonly string[] {
  return parseUri(uri).path.split('/').filter(Boolean);
}
