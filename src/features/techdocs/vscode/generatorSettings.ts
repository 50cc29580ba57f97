import type { Logger } from '../../../base';
import type { Environment, FileSystem } from '../../../platform/core/ports';
import { mayCause, readSetting } from '../../../platform/vscode/trust';
import { workspaceConfigs } from '../../appConfig/vscode';
import { techDocsConfigOf } from '../../catalog/core/configuredBackstage/config/techDocsConfigFile';
import { defaultGeneratorOptions, type GeneratorOptions } from '../core';

/** The setting for what applies of a `mkdocs.yml`. */
export const RULES_SETTING = 'callboard.docs.rules';

export interface GeneratorSettingsDeps {
  readonly fileSystem: FileSystem;
  readonly logger: Logger;
  readonly environment: () => Environment;
}

/** Options of TechDocs' generator in the workspace's app-configs, read once until they change. */
export class GeneratorSettings {
  #deps: GeneratorSettingsDeps;
  #options: Promise<GeneratorOptions> | undefined;
  /** URIs of the files that the options depend on. */
  #files: ReadonlySet<string> = new Set();

  constructor(deps: GeneratorSettingsDeps) {
    this.#deps = deps;
  }

  /** Returns undefined if the setting wants sites as MkDocs builds them. */
  read = async (): Promise<GeneratorOptions | undefined> => {
    if (readSetting(RULES_SETTING) === 'mkdocs') return undefined;
    return (this.#options ??= this.#load());
  };

  invalidate(): void {
    this.#options = undefined;
  }

  /** Whether the options may depend on a file (URI). */
  dependsOn(uri: string): boolean {
    return this.#files.has(uri) || /\/app-config(?:\.local)?\.yaml$/.test(uri);
  }

  /** Untrusted workspaces get the defaults. */
  async #load(): Promise<GeneratorOptions> {
    const { fileSystem, logger } = this.#deps;
    const environment = this.#deps.environment();
    if (!mayCause('forgesOfConfigs')) return defaultGeneratorOptions;
    try {
      const configs = await workspaceConfigs(fileSystem);
      const config = await techDocsConfigOf(configs, { fileSystem, environment });
      for (const { message, place } of config.issues) logger.warn(`${place.file}: ${message}`);
      this.#files = new Set(config.files);
      return config;
    } catch (error) {
      logger.error("Can't read the TechDocs settings of the app-config", error);
      return defaultGeneratorOptions;
    }
  }
}
