const DEFAULT_PORT = ${{ values.port }};

/** @throws RangeError for what is no port: a service that listens elsewhere than it was told is not found */
export function readPort(written: string | undefined): number {
  if (written === undefined || written === '') return DEFAULT_PORT;
  const port = Number(written);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new RangeError(`PORT must be a number from 0 to 65535, not "${written}"`);
}
