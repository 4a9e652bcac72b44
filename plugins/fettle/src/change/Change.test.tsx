import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import type { ActivityItem } from 'backstage-plugin-fettle-common';
import { Change, ChangeItems } from './Change';

const change: ActivityItem = {
  repositoryId: 'r',
  name: 'payments/ledger',
  subpath: '',
  at: '2026-01-01T00:00:00.000Z',
  commit: 'abcdef0123',
  from: 80,
  to: 80,
  verdicts: [],
};
const verdict = (from: 'pass' | null) => ({
  ...{ checkId: 'readme', title: 'README', from, to: 'fail' as const },
});

describe('Change', () => {
  it.each<[string, Partial<ActivityItem>, string]>([
    ['a score that moved', { to: 60, verdicts: [verdict('pass')] }, '80 → 60'],
    ['a score that was lost', { to: null }, '80 → unknown'],
    [
      'a first reading',
      { from: null, verdicts: [verdict(null)] },
      'first reading: 80',
    ],
    ['neither score nor verdict', {}, 'state changed'],
  ])('says what there is to say of %s', async (_name, part, text) => {
    await renderInTestApp(
      <ChangeItems>
        <Change change={{ ...change, ...part }} />
      </ChangeItems>,
    );
    expect(await screen.findByText(text)).toBeInTheDocument();
  });
});
