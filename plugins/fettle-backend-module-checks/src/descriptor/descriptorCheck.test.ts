import {
  checkContract,
  factCollectorContract,
  factInput,
} from 'backstage-plugin-fettle-node/testUtils';
import fc from 'fast-check';
import { goodness, judge } from '../testing/judge';
import { descriptorCheck } from './descriptorCheck';
import { descriptorFactCollector } from './descriptorFact';

const entity = (name: string, kind = 'Component') =>
  `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n  type: service\n`;
const verdict = (text: string) =>
  judge(descriptorFactCollector, descriptorCheck, {
    'catalog-info.yaml': text,
  });

factCollectorContract(descriptorFactCollector, {
  inputs: [factInput({ 'catalog-info.yaml': entity('a') })],
});
checkContract(descriptorCheck, {
  facts: [
    {
      catalog: {
        inFolder: false,
        descriptor: null,
        below: 0,
        firstBelow: null,
      },
    },
    {
      catalog: { inFolder: true, descriptor: null, below: 0, firstBelow: null },
    },
  ],
});

describe('what the catalog takes', () => {
  it.each([
    [
      'one entity',
      entity('ledger'),
      'catalog-info.yaml describes Component:ledger.',
    ],
    [
      'several',
      `---\n${entity('a')}---\n${entity('b', 'API')}`,
      'catalog-info.yaml describes Component:a and API:b.',
    ],
    [
      'an empty document at the end',
      `${entity('a')}---\n`,
      'catalog-info.yaml describes Component:a.',
    ],
    [
      'a template with expressions',
      entity('t', 'Template').replace('service', '${{ parameters.x }}'),
      'catalog-info.yaml describes Template:t.',
    ],
    [
      'a substitution',
      `${entity('a')}  definition:\n    $text: ./openapi.yaml\n`,
      'catalog-info.yaml describes Component:a.',
    ],
    [
      'Windows line ends',
      entity('a').replace(/\n/g, '\r\n'),
      'catalog-info.yaml describes Component:a.',
    ],
  ])('%s', async (_, text, message) => {
    expect(await verdict(text)).toMatchObject({ status: 'pass', message });
  });
});

describe('what it refuses', () => {
  const laughs = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...[...'bcdefghi'].map(
      (c, i) =>
        `${c}: &${c} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]`,
    ),
  ].join('\n');
  it.each([
    ['no YAML', `${entity('a')}  x: [\n`, 8],
    ['no name', entity('a').replace('name: a', 'title: a'), 1],
    [
      'a name that is not valid',
      `${entity('ok')}---\n${entity('not valid!')}`,
      8,
    ],
    ['no kind', entity('a').replace('kind: Component\n', ''), 1],
    ['no apiVersion', entity('a').replace(/apiVersion.*\n/, ''), 1],
    ['a list', '- a\n- b\n', 1],
    ['a word', 'hello', 1],
    ['unfilled template syntax', '{{ name }}: x\n  y', 1],
    ['a field at the root that is unknown', `${entity('a')}owner: me\n`, 1],
    ['a billion laughs', laughs, 1],
  ])('%s', async (_, text, line) => {
    const { status, evidence } = await verdict(text);
    expect(status).toBe('fail');
    expect(evidence?.[0]).toMatchObject({ path: 'catalog-info.yaml', line });
  });

  it('a text that describes nothing', async () => {
    expect(await verdict('# nothing\n')).toMatchObject({
      status: 'fail',
      message: 'catalog-info.yaml describes nothing.',
    });
  });
});

describe('where it is found', () => {
  it.each([
    ['catalog-info.yml', {}, 'pass'],
    ['services/pay/catalog-info.yaml', {}, 'warn'],
    ['src/__fixtures__/catalog-info.yaml', {}, 'fail'],
    ['other.yaml', {}, 'fail'],
    ['other.yaml', { subpath: 'services/pay' }, 'warn'],
  ])('%s %j: %s', async (path, input, status) => {
    const files = { [path]: entity('a') };
    const options = { input };
    expect(
      await judge(descriptorFactCollector, descriptorCheck, files, options),
    ).toMatchObject({ status });
  });

  it('names the path inside the repository', async () => {
    const input = { subpath: 'services/pay' };
    const files = { 'catalog-info.yaml': 'x' };
    const { evidence } = await judge(
      descriptorFactCollector,
      descriptorCheck,
      files,
      { input },
    );
    expect(evidence?.[0].path).toBe('services/pay/catalog-info.yaml');
  });
});

it('never gets better by a broken document', async () => {
  const document = fc.constantFrom(
    entity('a'),
    entity('b'),
    '# c\n',
    entity('c d'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { maxLength: 4 }),
      fc.nat(),
      async (all, at) => {
        const worse = all.slice();
        worse.splice(at % (all.length + 1), 0, 'kind: Component\n');
        const text = (documents: string[]) => documents.join('---\n');
        const before = await verdict(text(all));
        const after = await verdict(text(worse));
        expect(goodness(after)).toBeLessThanOrEqual(goodness(before));
      },
    ),
    { numRuns: 40 },
  );
});
