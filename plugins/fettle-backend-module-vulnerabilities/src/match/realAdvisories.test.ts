import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LIMITS } from '../import/limits';
import { ZipDump } from '../import/ZipDump';
import { databases, FeedWorld } from '../testing/FeedWorld';

jest.setTimeout(300_000);

// Real exports, beside the project; see its README there.
const FOLDER = resolve(__dirname, '../../../../../shared/data/osv');
const present = existsSync(FOLDER);
const MAX_VERSIONS = 60;

/** Semantic versions, compared as semver.org says, by other means than the matcher's. */
function compare(a: string, b: string): number {
  const read = (version: string) => {
    const [, numbers, labels] = /^v?([\d.]+)(?:-([^+]+))?/.exec(version)!;
    return {
      numbers: numbers.split('.').map(BigInt),
      labels: labels?.split('.'),
    };
  };
  const [x, y] = [read(a), read(b)];
  for (let i = 0; i < 3; i++) {
    const [p, q] = [x.numbers[i] ?? 0n, y.numbers[i] ?? 0n];
    if (p !== q) return p < q ? -1 : 1;
  }
  if (!x.labels || !y.labels)
    return Number(Boolean(y.labels)) - Number(Boolean(x.labels));
  for (let i = 0; ; i++) {
    const [p, q] = [x.labels[i], y.labels[i]];
    if (p === undefined || q === undefined) {
      return Number(p !== undefined) - Number(q !== undefined);
    }
    if (p === q) continue;
    const [m, n] = [/^\d+$/.test(p), /^\d+$/.test(q)];
    if (m && n && BigInt(p) !== BigInt(q))
      return BigInt(p) < BigInt(q) ? -1 : 1;
    if (m !== n) return m ? -1 : 1;
    if (!m) return p < q ? -1 : 1;
  }
}

/** The evaluation as the OSV schema writes it down, event by event. */
function isAffected(affected: any, version: string): boolean {
  return (affected.ranges ?? []).some(({ events }: any) => {
    const at = (event: any) => (Object.values(event) as string[])[0];
    const sorted = [...events].sort((a, b) => {
      if (at(a) === '0') return -1;
      return at(b) === '0' ? 1 : compare(at(a), at(b));
    });
    let vulnerable = false;
    for (const { introduced, fixed, last_affected: last } of sorted) {
      if (
        introduced &&
        (introduced === '0' || compare(version, introduced) >= 0)
      ) {
        vulnerable = true;
      }
      if (fixed && compare(version, fixed) >= 0) vulnerable = false;
      if (last && compare(version, last) > 0) vulnerable = false;
    }
    return vulnerable;
  });
}

/** Versions at which something happens, and some in between. */
function versionsOf(affected: any): string[] {
  const given = (affected.ranges ?? []).flatMap(({ events }: any) =>
    events.flatMap((event: any) => Object.values(event)),
  ) as string[];
  const near = given.flatMap(version => {
    const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
    return major
      ? [
          `${major}.${minor}.${patch}`,
          `${major}.${minor}.${Number(patch) + 1}`,
          `${major}.${minor}.${patch}-rc.1`,
          `${major}.${Number(minor) + 1}.0`,
          ...(Number(patch) > 0
            ? [`${major}.${minor}.${Number(patch) - 1}`]
            : []),
        ]
      : [];
  });
  return [
    ...new Set([
      ...given.filter(one => one !== '0'),
      ...near,
      '0.0.1',
      '99.0.0',
    ]),
  ];
}

const suite = present ? describe : describe.skip;
suite.each(databases().eachSupportedId())(
  'the advisories in ../shared/data/osv, %p',
  id => {
    const created = databases();
    it.each(['crates.io', 'Go'])(
      'of %s match what the schema says',
      async ecosystem => {
        const world = await FeedWorld.create(await created.init(id));
        try {
          await world.start({ feeds: [{ ecosystem, from: FOLDER }] });
          await world.refresh();

          const dump = ZipDump.open(
            `${FOLDER}/${ecosystem}/all.zip`,
            'it',
            LIMITS,
          );
          const records = [...dump.entries()].map(entry =>
            JSON.parse(dump.read(entry)),
          );
          dump.close();
          expect(await world.feed(`osv/${ecosystem}`)).toMatchObject({
            ...{ state: 'ok', broken: 0, records: records.length },
            bytes: readFileSync(`${FOLDER}/${ecosystem}/all.zip`).length,
          });

          // Every version of interest of every package, and the ids that the records give.
          const expected = new Map<string, Map<string, Set<string>>>();
          const said = new Map<string, any[]>();
          for (const one of records) {
            for (const affected of one.affected ?? []) {
              const { name } = affected.package;
              said.set(name, [...(said.get(name) ?? []), { one, affected }]);
            }
          }
          for (const [name, all] of said) {
            const versions = new Map<string, Set<string>>();
            const interesting = all.flatMap(({ affected }) =>
              versionsOf(affected),
            );
            // Of packages with hundreds of advisories, some of the versions.
            const step = Math.ceil(interesting.length / MAX_VERSIONS);
            for (const version of interesting.filter(
              (_, i) => i % step === 0,
            )) {
              const ids = all
                .filter(
                  ({ one, affected }) =>
                    !one.withdrawn && isAffected(affected, version),
                )
                .map(({ one }) => one.id as string);
              versions.set(version, new Set(ids));
            }
            expected.set(name, versions);
          }
          const asked = [...expected].flatMap(([name, versions]) =>
            [...versions.keys()].map(version => ({
              ecosystem,
              name,
              version,
              licence: null,
            })),
          );
          const answers = await world.matcher.match(asked, {
            signal: new AbortController().signal,
          });
          const wrong: unknown[] = [];
          let hits = 0;
          const ids = new Set(records.map(one => one.id as string));
          asked.forEach(({ name, version }, i) => {
            const want = expected.get(name)!.get(version)!;
            hits += want.size;
            const names = answers[i].flatMap(({ rule, aliases }) => [
              rule,
              ...aliases,
            ]);
            const missing = [...want].filter(one => !names.includes(one));
            const extra = answers[i].filter(
              ({ rule, aliases }) =>
                ![rule, ...aliases].some(one => want.has(one)),
            );
            const uncertain = answers[i].filter(({ certain }) => !certain);
            const twice = names.filter(
              (one, at) => ids.has(one) && names.indexOf(one) !== at,
            );
            if (
              missing.length + extra.length + uncertain.length + twice.length >
              0
            ) {
              wrong.push({ name, version, missing, extra, uncertain, twice });
            }
          });
          expect(wrong.slice(0, 5)).toEqual([]);
          expect(hits).toBeGreaterThan(2_000);
        } finally {
          world.remove();
        }
      },
    );
  },
);

if (!present) {
  it('is skipped without ../shared/data/osv', () => {
    console.warn(`Real advisories are not matched: there is no ${FOLDER}`);
    expect(present).toBe(false);
  });
}
