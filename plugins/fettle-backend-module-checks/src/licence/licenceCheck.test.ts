import {
  checkContract,
  factCollectorContract,
  factInput,
} from 'backstage-plugin-fettle-node/testUtils';
import fc from 'fast-check';
import { goodness, judge } from '../testing/judge';
import { licenceCheck } from './licenceCheck';
import { licenceFactCollector } from './licenceFact';

const MIT = `MIT License\n\nCopyright (c) 2026 Ada\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\nof this software and associated documentation files (the "Software"), to deal in it.\n`;
const APACHE = `                                 Apache License\n                           Version 2.0, January 2004\n\n   1. Definitions. "License" shall mean the terms.\n   Copyright [yyyy] [name of copyright owner]\n`;
const GPL3 =
  'GNU GENERAL PUBLIC LICENSE\n Version 3, 29 June 2007\n\n use the GNU Affero General Public License version 3 where you must, and so on and on.';
const OWN =
  'Copyright Example Ltd. All rights reserved. This code is for the staff of Example Ltd only and may not be shared.';

const verdict = (files: object, parameters = {}) =>
  judge(licenceFactCollector, licenceCheck, files as any, { parameters });

factCollectorContract(licenceFactCollector, {
  inputs: [factInput({ LICENSE: MIT, 'LICENSES/Apache-2.0.txt': APACHE })],
});
checkContract(licenceCheck, {
  facts: [
    { licence: { files: [], declared: null } },
    {
      licence: {
        files: [{ path: 'LICENSE', words: 99, spdx: 'MIT', placeholder: null }],
        declared: null,
      },
    },
  ],
});

describe('where a licence is found', () => {
  it.each([
    'LICENSE',
    'LICENCE',
    'License.md',
    'license.txt',
    'LICENSE.rst',
    'COPYING',
    'COPYING.LESSER',
    'UNLICENSE',
    'LICENSE-MIT',
    'LICENSE_APACHE.txt',
    'MIT-LICENSE',
    'LICENSES/MIT.txt',
    'LICENSE.BSD',
    'license.html',
  ])('takes %s', async path => {
    expect(await verdict({ [path]: MIT })).toMatchObject({
      status: 'pass',
      message: `${path}: MIT.`,
    });
  });

  it.each([
    'src/LICENSE',
    'license.js',
    'license_test.go',
    'LICENSE-3rdparty.csv',
    'third_party_licenses.txt',
  ])('passes %s over', async path => {
    expect((await verdict({ [path]: MIT })).status).toBe('fail');
  });
});

it.each([
  [{ LICENSE: '' }, 'fail', 'LICENSE is empty.'],
  [
    { LICENSE: 'MIT' },
    'warn',
    'LICENSE has 1 word, which is not the text of a licence.',
  ],
  [{ LICENSE: OWN }, 'pass', 'LICENSE: terms of its own.'],
  [{ LICENSE: APACHE }, 'pass', 'LICENSE: Apache-2.0.'],
  [{ COPYING: GPL3 }, 'pass', 'COPYING: GPL-3.0.'],
  [
    { 'LICENSE-MIT': MIT, 'LICENSE-APACHE': APACHE },
    'pass',
    'LICENSE-APACHE and LICENSE-MIT: Apache-2.0 and MIT.',
  ],
  [
    { LICENSE: { symlink: 'legal/LICENSE' }, 'legal/LICENSE': MIT },
    'pass',
    'LICENSE: MIT.',
  ],
  [
    { LICENSE: { symlink: '../LICENSE' } },
    'unknown',
    'The text of LICENSE cannot be read.',
  ],
  [
    { LICENSE: MIT.replace('2026 Ada', '[year] [fullname]') },
    'warn',
    "LICENSE still has a placeholder where the owner's name belongs.",
  ],
  [
    { 'package.json': '{\n  "license": "MIT"\n}' },
    'warn',
    'package.json declares MIT, but its text is not in the repository.',
  ],
  [
    { 'package.json': '{\n  "license": "UNLICENSED"\n}' },
    'pass',
    'package.json says that the code is not licensed to others.',
  ],
  [
    { 'Cargo.toml': '[package]\nlicense = "MIT OR Apache-2.0"' },
    'warn',
    'Cargo.toml declares MIT OR Apache-2.0, but its text is not in the repository.',
  ],
  [{}, 'fail', 'There is no licence file, and no manifest declares a licence.'],
])('%#: %s', async (files, status, message) => {
  expect(await verdict(files)).toMatchObject({ status, message });
});

it('refuses a licence that is not allowed', async () => {
  const allowed = ['MIT', 'GPL-3.0-or-later'];
  expect((await verdict({ LICENSE: MIT }, { allowed })).status).toBe('pass');
  expect((await verdict({ COPYING: GPL3 }, { allowed })).status).toBe('pass');
  expect((await verdict({ LICENSE: APACHE }, { allowed })).status).toBe('fail');
});

it('never gets better by a shorter text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(MIT.length), fc.nat(MIT.length), async (a, b) => {
      const long = await verdict({ LICENSE: MIT.slice(0, Math.max(a, b)) });
      const short = await verdict({ LICENSE: MIT.slice(0, Math.min(a, b)) });
      expect(goodness(short)).toBeLessThanOrEqual(goodness(long));
    }),
  );
});
