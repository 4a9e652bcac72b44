import { LicenceMatcher } from './LicenceMatcher';

const rules = {
  allow: null,
  deny: ['AGPL-*'],
  exceptions: [
    { ecosystem: 'npm', name: 'let-through' },
    { ecosystem: 'npm', name: 'once', version: '1.0.0' },
  ],
  unknown: 'report' as const,
  severity: 'high' as const,
};
const key = (name: string, licence: string | null, version = '1.0.0') => ({
  ...{ ecosystem: 'npm', name, version, licence },
});

it('answers for each component in order, and says which licence and what to do', async () => {
  const matcher = new LicenceMatcher(rules);
  const answers = await matcher.match([
    key('good', 'MIT'),
    key('bad', 'AGPL-3.0-only'),
    key('let-through', 'AGPL-3.0-only'),
    key('once', 'AGPL-3.0-only'),
    key('once', 'AGPL-3.0-only', '2.0.0'),
    key('odd', 'Custom'),
    key('silent', null),
  ]);
  expect(answers.map(([match]) => match?.rule)).toEqual([
    ...[undefined, 'licence-denied', undefined, undefined],
    ...['licence-denied', 'licence-unknown', 'licence-unknown'],
  ]);
  expect(answers[1][0]).toMatchObject({
    ...{ kind: 'licence', severity: 'high', certain: true },
    title: 'Licence AGPL-3.0-only is denied',
    fix: expect.stringContaining('bad'),
  });
  expect(answers[5][0]).toMatchObject({ severity: 'low', certain: false });
});

it('has everything judged anew when the rules are others, and nothing else', async () => {
  const { cursor, packages } = await new LicenceMatcher(rules).changesSince(
    null,
  );
  expect(packages).toBe('all');
  const again = await new LicenceMatcher(rules).changesSince(cursor);
  expect(again).toEqual({ packages: [], cursor });
  const other = new LicenceMatcher({ ...rules, deny: ['GPL-*'] });
  expect((await other.changesSince(cursor)).packages).toBe('all');
});
