import process from 'node:process';

export { process };

/** Stands for a compiler of schemas, by which the SDK checks what users fill into forms: we show none. */
export class DefaultJsonSchemaValidator {
  getValidator() {
    throw new Error('Nobody is asked for anything');
  }
}
