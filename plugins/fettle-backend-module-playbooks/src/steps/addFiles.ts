import {
  SourceError,
  type FileEdit,
  type PlanContext,
  type PlaybookStep,
} from 'backstage-plugin-fettle-node';
import { stringify } from 'yaml';
import { z } from 'zod';
import { LICENCES, licenceText } from '../licences/licenceText';

const name = z.string().trim().min(1).max(200);

const parameters = z.strictObject({
  files: z
    .array(z.enum(['codeowners', 'licence', 'security-policy', 'catalog']))
    .min(1)
    .describe('Those that are added where the repository has none.'),
  owners: z
    .record(z.string(), z.union([name, z.array(name)]))
    .default({})
    .describe(
      'How the host calls the owners of entities in CODEOWNERS, by entity ref in full: `group:default/payments: "@acme/payments"`.',
    ),
  codeownersPath: z
    .enum([
      'CODEOWNERS',
      '.github/CODEOWNERS',
      '.gitlab/CODEOWNERS',
      '.gitea/CODEOWNERS',
      'docs/CODEOWNERS',
    ])
    .default('CODEOWNERS')
    .describe('Where a new CODEOWNERS goes.'),
  licence: z
    .strictObject({
      id: z.enum(LICENCES).describe('SPDX id.'),
      holder: name.describe('Who holds the rights.'),
    })
    .optional()
    .describe('For `licence`.'),
  securityContact: name
    .optional()
    .describe(
      'For `security-policy`: where to tell of a weakness, an address of mail or https.',
    ),
  catalogOwner: name
    .optional()
    .describe(
      'For `catalog`: the owner, as an entity ref, where no entity tells one.',
    ),
});
type Parameters = z.output<typeof parameters>;
type Context = PlanContext<Parameters>;
type Made =
  | { edit: FileEdit }
  | { obstacle: [message: string, action: string] };

/** Each with the paths at which people keep it, and how one is made. */
const KINDS: Record<
  Parameters['files'][number],
  { there: RegExp; make(context: Context): Made }
> = {
  codeowners: {
    there: /^(\.github\/|\.gitlab\/|\.gitea\/|docs\/)?CODEOWNERS$/,
    make: makeCodeowners,
  },
  licence: {
    there: /^(LICEN[CS]E|COPYING|UNLICENSE)([.-][\w.-]+)?$/i,
    make: makeLicence,
  },
  'security-policy': {
    there: /^(\.github\/|\.gitlab\/|\.gitea\/|docs\/)?SECURITY(\.\w+)?$/i,
    make: makeSecurityPolicy,
  },
  catalog: { there: /^catalog-info\.ya?ml$/, make: makeCatalog },
};

export const addFiles: PlaybookStep<Parameters> = {
  id: 'add-files',
  title: 'Add files that are missing',
  description:
    'Adds CODEOWNERS, a licence, a security policy or a catalog descriptor from what is known of the repository. A file that is there is left as it is.',
  parameters,
  ...{ destructive: false, idempotent: true, reversible: true },
  async plan(context) {
    const paths = (await context.tree.list()).map(({ path }) => path);
    const missing = context.parameters.files.filter(
      kind => !paths.some(path => KINDS[kind].there.test(path)),
    );
    if (missing.length === 0) return { notes: ['All of them are there.'] };
    const made = missing.map(kind => KINDS[kind].make(context));
    const files = made.flatMap(one => ('edit' in one ? [one.edit] : []));
    const obstacles = made.flatMap(one =>
      'obstacle' in one
        ? [
            {
              code: 'not-known',
              message: `${one.obstacle[0]} (${context.repository.remote})`,
              action: one.obstacle[1],
            },
          ]
        : [],
    );
    return { files, obstacles };
  },
};

function makeCodeowners({ parameters: given, entities }: Context): Made {
  const lines: string[] = [];
  // The last line that fits counts: folders come after the root.
  const sorted = [...entities].sort((a, b) => (a.subpath < b.subpath ? -1 : 1));
  for (const { owner, subpath } of sorted) {
    if (!owner || !Object.hasOwn(given.owners, owner)) continue;
    const names = [given.owners[owner]].flat().join(' ');
    const pattern =
      subpath === '' ? '*' : `/${subpath.replace(/[\\\s#!*?[\]]/g, '\\$&')}/`;
    const line = `${pattern} ${names}`;
    if (!lines.includes(line)) lines.push(line);
  }
  if (lines.length === 0) {
    return {
      obstacle: [
        'Nobody says who owns it, as the host calls them.',
        'Give its entity an owner in the catalog, and map that in `owners` of the step.',
      ],
    };
  }
  const content = `${lines.join('\n')}\n`;
  return { edit: { path: given.codeownersPath, content } };
}

function makeLicence({ parameters: { licence }, now }: Context): Made {
  if (!licence) {
    return {
      obstacle: ['The step names no licence.', 'Set `licence` of the step.'],
    };
  }
  const year = now.getUTCFullYear();
  const content = licenceText(licence.id, { holder: licence.holder, year });
  return { edit: { path: 'LICENSE', content } };
}

function makeSecurityPolicy({
  parameters: { securityContact },
}: Context): Made {
  if (securityContact === undefined) {
    return {
      obstacle: [
        'The step names no contact.',
        'Set `securityContact` of the step.',
      ],
    };
  }
  const content = `# Security policy

Please tell us of weaknesses in private, not in an issue: ${securityContact}

Say what can be done with it, how to see it, and in which versions. We answer within five working days, and tell you when it is fixed.

The newest release and the default branch are kept secure.
`;
  return { edit: { path: 'SECURITY.md', content } };
}

function makeCatalog({
  parameters: given,
  entities,
  repository,
}: Context): Made {
  const entity = entities.find(({ subpath }) => subpath === '') ?? entities[0];
  const owner = entity?.owner ?? given.catalogOwner;
  if (!owner) {
    return {
      obstacle: [
        'Nobody says who owns it.',
        'Set `catalogOwner` of the step, or add it to the catalog by hand.',
      ],
    };
  }
  const [kind, known] = kindAndName(entity?.entityRef, repository.name);
  if (!known) {
    throw new SourceError(
      'invalid',
      `No name for the catalog can be made of ${repository.name} (${repository.remote}).`,
      'Add its catalog-info.yaml by hand.',
    );
  }
  const isOwned = ['component', 'api', 'resource'].includes(kind.toLowerCase());
  const type = entity?.type ?? (isOwned ? 'other' : undefined);
  const content = stringify({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name: known,
      ...(entity?.title ? { title: entity.title } : {}),
      ...(entity?.description ? { description: entity.description } : {}),
      ...(entity?.tags?.length ? { tags: [...entity.tags] } : {}),
    },
    spec: {
      ...(type ? { type } : {}),
      lifecycle: entity?.lifecycle ?? 'production',
      owner,
      ...(entity?.system ? { system: entity.system } : {}),
    },
  });
  return { edit: { path: 'catalog-info.yaml', content } };
}

/** As the catalog would take it: https://backstage.io/docs/features/software-catalog/descriptor-format#name-required */
function kindAndName(
  entityRef: string | undefined,
  repositoryName: string,
): [string, string] {
  const [, kind, , own] =
    /^([a-z]+):([^/]+)\/(.+)$/i.exec(entityRef ?? '') ?? [];
  if (kind && own) {
    const written =
      kind === 'api' ? 'API' : kind[0].toUpperCase() + kind.slice(1);
    return [written, own];
  }
  const last = repositoryName.split('/').pop() ?? '';
  const fit = last
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[._-]+|[._-]+$/g, '')
    .slice(0, 63);
  return ['Component', fit];
}
