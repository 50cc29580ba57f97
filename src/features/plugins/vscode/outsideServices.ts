import type * as vscode from 'vscode';
import type { NetworkService, ProgramsService, SecretsService } from '../../../api';
import { onDemand } from '../../../base';
import type { HttpClient } from '../../../platform/core/ports';
import type { Platform } from '../../../platform/vscode/platform';
import { mayCause } from '../../../platform/vscode/trust';
import { createNetworkService, createProgramsService, createSecretsService } from '../core/outside';

export interface OutsideServicesDeps {
  readonly platform: Pick<Platform, 'programs'>;
  readonly secrets: vscode.SecretStorage;
  readonly openHttp: () => Promise<HttpClient>;
}

/** The services that need a capability. */
export interface OutsideServices {
  readonly network: NetworkService;
  readonly programs: ProgramsService;
  readonly secrets: SecretsService;
}

export function createOutsideServices({
  platform: { programs },
  secrets,
  openHttp,
}: OutsideServicesDeps): OutsideServices {
  return {
    network: createNetworkService(onDemand(openHttp)),
    programs: createProgramsService({ programs, isTrusted: () => mayCause('pluginPrograms') }),
    secrets: createSecretsService({
      get: async key => secrets.get(key),
      set: async (key, value) => secrets.store(key, value),
      delete: async key => secrets.delete(key),
    }),
  };
}
