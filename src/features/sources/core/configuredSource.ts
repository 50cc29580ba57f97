import type { SourceConfig } from './types';

/** What a source of any type says of itself, which its config does. */
export abstract class ConfiguredSource<T extends SourceConfig> {
  readonly config: T;

  constructor(config: T) {
    this.config = config;
  }

  get id(): string {
    return this.config.id;
  }

  get name(): string {
    return this.config.name;
  }

  get allow(): readonly string[] {
    return this.config.allow;
  }
}
