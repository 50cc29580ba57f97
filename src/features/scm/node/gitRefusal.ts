/** Something is in the way that a person can do something about. */
export class GitRefusal extends Error {
  override readonly name = 'GitRefusal';
}
