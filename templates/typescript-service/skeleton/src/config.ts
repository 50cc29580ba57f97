const DEFAULT_PORT = ${{ values.port }};

/** @throws RangeError for an invalid port, because the service would not be found on another one */
export function readPort(written: string | undefined): number {
  if (written === undefined || written === '') return DEFAULT_PORT;
  const port = Number(written);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new RangeError(`PORT must be a number from 0 to 65535, not "${written}"`);
}
