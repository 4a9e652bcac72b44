import { mockServices } from '@backstage/backend-test-utils';
import { readPolicies } from '../policies/readPolicies';
import { readFrameworks } from './readFrameworks';

const INSTALLED = {
  checks: new Set(['readme']),
  policies: new Set(['no-secrets']),
};

function read(frameworks?: object) {
  const config = mockServices.rootConfig({
    data: { fettle: { compliance: { frameworks } } },
  });
  return readFrameworks(config, INSTALLED);
}

it('has those that ship with Fettle, each control once', () => {
  const frameworks = read();
  expect(frameworks.map(({ id }) => id)).toEqual([
    'scorecard',
    'slsa',
    'cis-supply-chain',
  ]);
  for (const { controls } of frameworks) {
    const ids = controls.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }
});

it('rests on policies that ship with Fettle', () => {
  const shipped = new Set(
    readPolicies(mockServices.rootConfig({ data: {} })).map(
      ({ described }) => described.id,
    ),
  );
  const asked = read()
    .flatMap(({ controls }) => controls)
    .flatMap(({ rests }) => rests)
    .flatMap(rest => ('policy' in rest ? rest.policy : []));
  expect(asked.filter(id => !shipped.has(id))).toEqual([]);
});

it('leaves out and changes what ships, and adds what is one’s own', () => {
  const frameworks = read({
    slsa: { enabled: false },
    scorecard: { title: 'Ours' },
    house: {
      title: 'House rules',
      controls: [{ id: 'H1', title: 'A README', rests: [{ check: 'readme' }] }],
    },
  });
  expect(frameworks.map(({ id, title }) => [id, title])).toEqual([
    ['scorecard', 'Ours'],
    ['cis-supply-chain', 'CIS Software Supply Chain Security Guide'],
    ['house', 'House rules'],
  ]);
  expect(frameworks[2]).toMatchObject({
    ...{ builtIn: false, version: null },
    controls: [{ id: 'H1', unseen: null }],
  });
});

const H1 = { id: 'H1', title: 'One' };
it.each<[string, object, string]>([
  ['no controls', { house: {} }, "'fettle.compliance.frameworks.house'"],
  [
    'an unknown check',
    { house: { controls: [{ ...H1, rests: [{ check: 'raedme' }] }] } },
    "there is no check 'raedme'. There are: readme.",
  ],
  [
    'an unknown policy of a framework that ships',
    { slsa: { controls: [{ ...H1, rests: [{ policy: 'x' }] }] } },
    "there is no policy 'x'",
  ],
  ['a control twice', { house: { controls: [H1, H1] } }, "two controls 'H1'"],
  ['an unknown key', { house: { contrlos: [] } }, 'contrlos'],
  ['a bad id', { House: { controls: [H1] } }, 'no id of a framework'],
])('refuses %s', (_, frameworks, message) => {
  expect(() => read(frameworks)).toThrow(message);
});
