/** What a system makes of names. */
export interface NamingRules {
  readonly isWindows: boolean;
}

/**
 * The names of which a path consists that something is written to: relative, with `/`, and straight down into the folder
 * that it is relative to. All that write for others ask here.
 *
 * @throws Error for what leads elsewhere, or is another file than it says on the system
 */
export function outputSegments(path: string, { isWindows }: NamingRules): readonly string[] {
  const segments = path.split('/').filter(segment => segment !== '' && segment !== '.');
  const leadsOut = path.startsWith('/') || segments.includes('..') || path.includes('\0');
  // There, it parts names as well, or says that all before it is a disk.
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

/** Characters that it has for itself, devices whatever their ending, and ends of names that it leaves out. */
function isUnusableOnWindows(name: string): boolean {
  const hasControl = [...name].some(character => character < ' ');
  return hasControl || /[<>"|?*]|[. ]$/.test(name) || DEVICES.test(name);
}

/** Whether a path leads into what git keeps, under all names that Windows and macOS find it by, as git itself checks paths. */
export function isOfGit(path: string): boolean {
  return path
    .replace(/\p{Cf}/gu, '')
    .split(/[\\/]/)
    .some(part => /^(?:\.git|git~\d+)[. ]*(?::|$)/i.test(part));
}
