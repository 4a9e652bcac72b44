import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import type {
  Behind,
  NewestVersion as Newest,
} from 'backstage-plugin-fettle-common';
import { NewestVersion } from './NewestVersion';

const told: Newest = {
  ...{ version: '12.0.1', from: 'registry', problem: null },
  publishedAt: '2026-01-05T12:00:00.000Z',
  checkedAt: '2026-06-01T12:00:00.000Z',
};
const seen: Newest = {
  ...{ version: '1.10.0', from: 'fleet', problem: null },
  ...{ publishedAt: null, checkedAt: null },
};
const problem = { code: 'not-found', message: 'It is gone.', action: 'Look.' };
const none: Behind = { step: 'none', by: 0 };

it('says who knows the newest version, how far behind it is, and what is not known', async () => {
  const rows: [string, Newest | null, Behind | null | undefined][] = [
    ['unknown', null, null],
    ['up to date', told, none],
    ['behind', told, { step: 'major', by: 3 }],
    ['one behind', told, { step: 'patch', by: 1 }],
    ['newer', told, { step: 'newer', by: 0 }],
    ['no version', told, null],
    ['fleet', seen, { step: 'minor', by: 8 }],
    ['newest in use', seen, none],
    ['failed', { ...seen, problem }, undefined],
  ];
  await renderInTestApp(
    <ul>
      {rows.map(([name, newest, behind]) => (
        <li key={name} aria-label={name}>
          <NewestVersion newest={newest} behind={behind} />
        </li>
      ))}
    </ul>,
  );
  const texts = Object.fromEntries(
    rows.map(([name]) => [
      name,
      screen.getByRole('listitem', { name }).textContent,
    ]),
  );
  expect(texts).toEqual({
    unknown: 'not known',
    'up to date': '12.0.1up to date',
    behind: '12.0.13 major versions behind',
    'one behind': '12.0.11 patch behind',
    newer: '12.0.1a newer one exists',
    'no version': '12.0.1',
    fleet: '1.10.08 minor versions behind · newest in the fleet',
    'newest in use': '1.10.0newest in the fleet',
    failed: '1.10.0newest in the fleet',
  });
  expect(screen.getAllByTitle(/Its registry was asked on/)).toHaveLength(5);
  expect(screen.getAllByTitle(/No registry was asked/)).toHaveLength(2);
  expect(screen.getByTitle('It is gone. Look.')).toBeVisible();
});
