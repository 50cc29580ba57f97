import process from 'node:process';

export { process };

/** Replaces the schema compiler of the MCP SDK, which validates forms. Callboard shows none. */
export class DefaultJsonSchemaValidator {
  getValidator() {
    throw new Error('Nobody is asked for anything');
  }
}
