/** The order of Python's texts: by code points, and not by halves of them. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left === right) continue;
    // Both halves of a pair come after all that needs none.
    const [isLeftPair, isRightPair] = [isSurrogate(left), isSurrogate(right)];
    return isLeftPair === isRightPair ? left - right : isLeftPair ? 1 : -1;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

export function compareLists(a: readonly string[], b: readonly string[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    const order = compareCodePoints(left, right);
    if (order) return order;
  }
  return a.length - b.length;
}

/** `my-first_page` as a title; capitals that somebody wrote stay. */
export function titleOfName(name: string): string {
  const title = name.replace(/[-_]/g, ' ');
  return title.toLowerCase() === title ? capitalized(title) : title;
}

/** As `str.capitalize`: the first character upper case, the rest lower. */
function capitalized(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length).toLowerCase();
}

/** As `posixpath.splitext`: dots at the start of a name begin no extension. */
export function splitExtension(path: string): readonly [stem: string, extension: string] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  if (dot < 0 || /^\.*$/.test(name.slice(0, dot))) return [path, ''];
  const length = path.length - name.length + dot;
  return [path.slice(0, length), path.slice(length)];
}

/** As `PurePath(path).as_posix()`: `./` and doubled slashes go, `..` stays. */
export function purePath(path: string): string {
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}` || '.';
}

/** As `os.path.normpath` for a relative path; undefined where it leads above its start. */
export function normalRelative(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
