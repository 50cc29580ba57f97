/** File name rules of the operating system. */
export interface NamingRules {
  readonly isWindows: boolean;
}

/**
 * Splits an output path into names: relative, with `/`, and inside the target folder. All code that
 * writes files for templates and plugins must use it.
 *
 * @throws Error if the path leads outside the folder or isn't valid on the system
 */
export function outputSegments(path: string, { isWindows }: NamingRules): readonly string[] {
  const segments = path.split('/').filter(segment => segment !== '' && segment !== '.');
  const leadsOut = path.startsWith('/') || segments.includes('..') || path.includes('\0');
  // On Windows, `\` is a separator and `:` ends a drive.
  const leadsOutOnWindows = isWindows && /[\\:]/.test(path);
  if (segments.length === 0 || leadsOut || leadsOutOnWindows) {
    throw new Error(`"${path}" leads out of the folder that is written to`);
  }
  const unusable = isWindows ? segments.find(isUnusableOnWindows) : undefined;
  if (unusable !== undefined) {
    throw new Error(`"${path}" cannot be written: Windows takes no file of the name "${unusable}"`);
  }
  return segments;
}

const DEVICES = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])[ ]*(?:\.|$)/i;

/** Whether Windows rejects or changes a name: reserved characters, device names, trailing dots or spaces. */
function isUnusableOnWindows(name: string): boolean {
  const hasControl = [...name].some(character => character < ' ');
  return hasControl || /[<>"|?*]|[. ]$/.test(name) || DEVICES.test(name);
}

/**
 * Whether a path leads into a `.git` folder, under any name that Windows and macOS resolve to it;
 * the same check as in git.
 */
export function isGitPath(path: string): boolean {
  return path
    .replace(/\p{Cf}/gu, '')
    .split(/[\\/]/)
    .some(part => /^(?:\.git|git~\d+)[. ]*(?::|$)/i.test(part));
}
