import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  fettleComponentMatchersExtensionPoint,
  type ComponentMatcher,
} from 'backstage-plugin-fettle-node';
import fettleModuleLicences from '.';

async function start(licences?: object) {
  const matchers: ComponentMatcher[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        fettleComponentMatchersExtensionPoint,
        { addComponentMatcher: (...added) => matchers.push(...added) },
      ],
    ],
    features: [
      fettleModuleLicences,
      mockServices.rootConfig.factory({
        data: { fettle: licences ? { licences: { ...licences } } : {} },
      }),
    ],
  });
  await backend.stop();
  return matchers;
}

it('judges licences where there are rules, and nothing where there are none', async () => {
  expect(await start()).toEqual([]);
  const [matcher] = await start({ deny: ['GPL-*'] });
  expect(matcher).toMatchObject({ id: 'licences', finds: ['licence'] });
});

it.each<[object, RegExp]>([
  [{ deny: ['GPLv3'] }, /fettle\.licences\.deny\[0\].*'GPLv3'.*Apache-2\.0/],
  [{ allow: ['MIT', 'MIT OR ISC'] }, /fettle\.licences\.allow\[1\]/],
  [{ unknown: 'report' }, /neither allows nor denies/],
  [
    { deny: ['GPL-*'], unknown: 'pass' },
    /licences\.unknown.*'pass'.*ignore, report/,
  ],
  [
    { deny: ['GPL-*'], exceptions: [{ ecosystem: 'npm', name: 'x' }] },
    /reason/,
  ],
])(
  'stops the start for %j, with the key and what would be right',
  async (licences, message) => {
    await expect(start(licences)).rejects.toThrow(message);
  },
);
