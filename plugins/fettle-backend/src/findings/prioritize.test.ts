import { fromMatches, type MatchedComponent } from './fromMatches';
import { prioritize } from './priority';

const match = {
  ...{ kind: 'vulnerability' as const, rule: 'CVE-1', aliases: ['GHSA-1'] },
  ...{ title: 'It breaks', severity: 'high' as const, certain: true },
  fixedIn: ['1.2.0'],
};

function component(given: Partial<MatchedComponent> = {}): MatchedComponent {
  return {
    ...{ ecosystem: 'npm', name: 'left-pad', version: '1.0.0' },
    ...{ path: 'package-lock.json', line: null, direct: false },
    ...{ scope: 'development', chain: ['a'], matches: [match] },
    ...given,
  };
}

it('joins the versions of a package in a file, and keeps what counts most', () => {
  const [sighting, ...others] = fromMatches([
    component(),
    component({ version: '1.1.0', scope: 'runtime', direct: true, chain: [] }),
    component({
      version: '1.1.5',
      matches: [{ ...match, rule: 'CVE-9', aliases: ['GHSA-1'] }],
    }),
  ]);
  expect(others).toEqual([]);
  expect(sighting.component).toEqual({
    ...{ ecosystem: 'npm', name: 'left-pad', direct: true, scope: 'runtime' },
    ...{ chain: [], versions: ['1.0.0', '1.1.0', '1.1.5'] },
  });
  expect(sighting.message).toBe('left-pad 1.0.0, 1.1.0, 1.1.5');
});

it('keeps files, packages and problems apart', () => {
  const sightings = fromMatches([
    component(),
    component({ path: 'web/package-lock.json' }),
    component({ name: 'right-pad' }),
    component({ matches: [{ ...match, rule: 'CVE-2', aliases: [] }] }),
  ]);
  expect(sightings).toHaveLength(4);
});

it('takes a bill of materials for what no file names', () => {
  const told = fromMatches([
    component(),
    component({ path: '' }),
    component({ path: '', version: '9.0.0' }),
  ]);
  expect(told.map(({ path, component: of }) => [path, of?.versions])).toEqual([
    ['package-lock.json', ['1.0.0']],
    ['', ['9.0.0']],
  ]);
});

it('puts first what is exploited, delivered and can be fixed', () => {
  const [base] = fromMatches([component({ scope: 'runtime' })]);
  const of = (given: Partial<typeof base>) =>
    prioritize({ ...base, ...given }).priority;
  expect(of({ exploited: true })).toBeGreaterThan(of({}));
  expect(of({ epss: 0.9 })).toBeGreaterThan(of({ epss: 0.02 }));
  expect(of({ epss: 0.02 })).toBeGreaterThan(of({ epss: null }));
  expect(of({ fixedIn: [] })).toBeLessThan(of({}));
  expect(
    of({ component: { ...base.component!, scope: 'development' } }),
  ).toBeLessThan(of({}));
  expect(
    of({ component: { ...base.component!, direct: true } }),
  ).toBeGreaterThan(of({}));
  expect(of({ severity: 'critical' })).toBeGreaterThan(of({}));
  expect(of({ severity: 'unknown' })).toBeGreaterThan(of({ severity: 'low' }));
  expect(of({ kind: 'threat', severity: 'critical' })).toBe(100);
  expect(prioritize({ ...base, exploited: true }).reasons).toEqual([
    ...['known exploited', 'runtime', 'fix available'],
  ]);
});
