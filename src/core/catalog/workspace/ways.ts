/** A URI and those of the folders that it lies in, the innermost first. */
export function* wayTo(uri: string): Generator<string> {
  for (let end = uri.length; end > 0; end = uri.lastIndexOf('/', end - 1)) yield uri.slice(0, end);
}

/** Whether some places have a URI among them, or a folder that it lies in. */
export function hasInWay(places: { has(uri: string): boolean }, uri: string): boolean {
  for (const place of wayTo(uri)) if (places.has(place)) return true;
  return false;
}
