import { pathToFileURL } from 'node:url';
import { stringify } from 'yaml';
import type { DemoComponent, DemoRepository } from '../DemoRepository';
import { PEOPLE, TEAMS } from './people';

const SYSTEMS = {
  payments: {
    description: 'Takes, books and returns money',
    domain: 'commerce',
    owner: 'payments',
  },
  shop: {
    description: 'Where customers look and buy',
    domain: 'commerce',
    owner: 'web',
  },
  insights: {
    description: 'What the numbers say',
    domain: 'commerce',
    owner: 'data',
  },
  foundations: {
    description: 'What all other systems stand on',
    domain: 'engineering',
    owner: 'platform',
  },
} as const;

/** The demo fleet's catalog, as one YAML file of several entities. */
export function catalogEntities(
  repositories: DemoRepository[],
  pathOf: (name: string) => string,
): string {
  const entities = [
    ...Object.entries({ commerce: 'payments', engineering: 'platform' }).map(
      ([name, owner]) => entity('Domain', { name }, { owner: team(owner) }),
    ),
    ...Object.entries(SYSTEMS).map(([name, { description, domain, owner }]) =>
      entity('System', { name, description }, { owner: team(owner), domain }),
    ),
    ...Object.entries(TEAMS).map(([name, description]) =>
      entity('Group', { name, description }, { type: 'team', children: [] }),
    ),
    ...Object.entries(PEOPLE).map(([name, person]) =>
      entity(
        'User',
        { name },
        {
          profile: { displayName: person.name, email: person.email },
          memberOf: [person.team],
        },
      ),
    ),
    // The one as whom the demo signs in.
    entity(
      'User',
      { name: 'guest' },
      { profile: { displayName: 'Guest' }, memberOf: ['platform'] },
    ),
    ...repositories.flatMap(({ name, components }) =>
      components.map(component =>
        componentEntity(component, pathToFileURL(pathOf(name)).href),
      ),
    ),
  ];
  return entities.map(value => `---\n${stringify(value)}`).join('');
}

function componentEntity(component: DemoComponent, repository: string) {
  return entity(
    'Component',
    {
      name: component.name,
      description: component.description,
      tags: component.tags,
      annotations: {
        'fettle.dev/repository': component.subpath
          ? `${repository}#${component.subpath}`
          : repository,
      },
    },
    {
      type: component.type,
      lifecycle: component.lifecycle,
      owner: team(component.owner),
      system: component.system,
    },
  );
}

function entity(
  kind: string,
  metadata: { name: string; [key: string]: unknown },
  spec: object,
) {
  return { apiVersion: 'backstage.io/v1alpha1', kind, metadata, spec };
}

function team(name: string): string {
  return `group:default/${name}`;
}
