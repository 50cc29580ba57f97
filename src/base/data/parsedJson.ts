/** What a text, or its bytes, are as JSON; undefined for what is none. */
export function parsedJson(json: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof json === 'string' ? json : new TextDecoder().decode(json)) as unknown;
  } catch {
    return undefined;
  }
}
