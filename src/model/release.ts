/** A release of Backstage as `major.minor`, such as `1.40`. Patches change no descriptors. */
export type Release = string;

/** The release of the packages that Callboard follows; see docs/compatibility.md. */
export const LATEST_RELEASE: Release = '1.57';

/** Returns the release that a text such as `1.40`, `1.40.2` or `v1.40.0-next.1` names; undefined if it names none. */
export function parseRelease(text: string): Release | undefined {
  const found = /^v?(\d{1,4})\.(\d{1,4})(?:\.\d{1,4})?(?:-[\w.]{1,40})?$/.exec(text.trim());
  return found ? `${Number(found[1])}.${Number(found[2])}` : undefined;
}

/** Whether a release is older than another one. */
export function isOlder(release: Release, other: Release): boolean {
  const [major, minor] = numbersOf(release);
  const [otherMajor, otherMinor] = numbersOf(other);
  return major === otherMajor ? minor < otherMinor : major < otherMajor;
}

function numbersOf(release: Release): readonly [major: number, minor: number] {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  return [major, minor];
}
