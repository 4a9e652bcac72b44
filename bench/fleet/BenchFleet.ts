import { createHash } from 'node:crypto';
import type { Entity } from '@backstage/catalog-model';
import {
  createCheck,
  createFactCollector,
  createFactRef,
  type RepositoryLocation,
  type RepositorySource,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';

const ANNOTATION = 'bench/repository';
const FACTS = 10;
const CHECKS_EACH = 3;

/** A number from 0 to 2^32 - 1, always the same for the same words. */
export function chance(...words: (string | number)[]): number {
  return createHash('sha256').update(words.join(' ')).digest().readUInt32BE(0);
}

/** Facts that 30 checks judge: ten with three rules each. */
export const factCollectors = Array.from({ length: FACTS }, (_, i) =>
  createFactCollector({
    fact: createFactRef({
      id: `fact-${i}`,
      schema: z.object({
        values: z.array(z.number()),
        paths: z.array(z.string()),
      }),
    }),
    version: 1,
    scope: 'path',
    collect: () => ({ values: [], paths: [] }),
  }),
);

/** The checks: each asks for one fact and says which places it rests on. */
export const checks = factCollectors.flatMap(({ fact }, i) =>
  Array.from({ length: CHECKS_EACH }, (_, n) =>
    createCheck({
      id: `check-${i}-${n}`,
      title: `Value ${n} of fact ${i} is within bounds`,
      group: `Group ${i % 5}`,
      why: 'Because the bench says so.',
      fix: 'Bring it back within bounds.',
      appliesTo: 'Every repository',
      scope: 'path',
      weight: 1 + n,
      facts: { fact },
      parameters: z.strictObject({ fail: z.number().default(93) }),
      evaluate({ facts, parameters }) {
        const value = facts.fact.values[n];
        if (value < 85) return { status: 'pass', message: `It is ${value}.` };
        return {
          status: value < parameters.fail ? 'warn' : 'fail',
          message: `It is ${value}, which is over 84.`,
          evidence: facts.fact.paths.map(path => ({
            path,
            line: value,
            message: `Line ${value} is out of bounds`,
          })),
        };
      },
    }),
  ),
);

/** The value of a fact at a time: one of a repository's thirty values changes each `version`. */
export function factValue(repository: string, fact: number, version: number) {
  const moving = version % (FACTS * CHECKS_EACH);
  return {
    values: Array.from({ length: CHECKS_EACH }, (_, n) => {
      const place = fact * CHECKS_EACH + n;
      // How often this one has moved on by now.
      const moves = Math.floor(version / 30) + (place <= moving ? 1 : 0);
      return chance(repository, place, moves) % 100;
    }),
    paths: ['src/index.ts', 'src/server/start.ts', 'docs/guide.md'],
  };
}

/** The repositories of the bench, in as many teams and systems as a big company has. */
export class BenchFleet implements RepositorySource {
  readonly id = 'bench';
  readonly locations: RepositoryLocation[];

  constructor(size: number) {
    this.locations = Array.from({ length: size }, (_, i) => {
      const name = `team-${chance('team', i) % 200}/service-${i}`;
      return {
        remote: `https://git.example.com/${name}`,
        name,
        host: 'git.example.com',
      };
    });
  }

  /** One component for each repository. */
  entities(): Entity[] {
    return this.locations.map(({ remote, name }, i) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: name.split('/')[1],
        namespace: 'default',
        annotations: { [ANNOTATION]: remote },
      },
      relations: [
        { type: 'ownedBy', targetRef: `group:default/${name.split('/')[0]}` },
        { type: 'partOf', targetRef: `system:default/system-${i % 500}` },
      ],
    }));
  }

  locate({ annotations }: { annotations: Readonly<Record<string, string>> }) {
    const remote = annotations[ANNOTATION];
    if (!remote) return undefined;
    const name = remote.replace('https://git.example.com/', '');
    return {
      location: { remote, name, host: 'git.example.com' },
      subpath: '',
    };
  }

  async discover() {
    return { repositories: this.locations, problems: [] };
  }

  reads(): boolean {
    return true;
  }

  snapshot(): never {
    throw new Error('Nothing of this bench is due');
  }

  readTree(): never {
    throw new Error('Nothing of this bench is due');
  }
}
