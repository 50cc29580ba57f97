import type { InstanceCatalog } from '../../../../api';
import { type AskedBackstage } from '../../../sources/core';
import { BackstageClient } from '..';
import { askingFor } from './askingFor';

/** The catalog of an instance, as plugins ask it. */
export function createInstanceCatalog(session: AskedBackstage): InstanceCatalog {
  const client = new BackstageClient(session);
  return {
    async getEntity(ref, options) {
      return (await client.entity(ref, askingFor(options)))?.entity;
    },

    existing: (refs, options) => client.existing(refs, askingFor(options)),

    validate: (entity, location, options) => client.validate(entity, location, askingFor(options)),

    async validateText(text, location, options) {
      const { validateText } = await import('./validateText');
      return validateText(text, {
        validate: entity => client.validate(entity, location, askingFor(options)),
      });
    },

    analyze: (url, options) => client.analyze(url, askingFor(options)),

    register: (url, { isTrial, ...options }) =>
      client.register(url, { ...askingFor(options), isTrial }),

    locationOf: (ref, options) => client.locationOf(ref, askingFor(options)),

    broughtBy: (location, options) => client.broughtBy(location, askingFor(options)),

    unregister: (location, options) => client.unregister(location, askingFor(options)),

    deleteEntity: (uid, options) => client.deleteEntity(uid, askingFor(options)),

    refresh: (ref, options) => client.refresh(ref, askingFor(options)),
  };
}
