import { ConfigReader } from '@backstage/config';
import { readVulnerabilitiesConfig } from './readVulnerabilitiesConfig';

const read = (vulnerabilities: object) =>
  readVulnerabilitiesConfig(
    new ConfigReader({ fettle: { vulnerabilities } } as any),
  );

describe('readVulnerabilitiesConfig', () => {
  it('has no feed by itself', () => {
    expect(readVulnerabilitiesConfig(new ConfigReader({}))).toEqual({
      feeds: [],
      epss: undefined,
      kev: undefined,
      refreshSeconds: { url: 3600, file: 10 },
    });
  });

  it('reads addresses, folders and osv.dev by default', () => {
    const { feeds, refreshSeconds } = read({
      refresh: '30m',
      feeds: [
        { ecosystems: ['npm', 'GitHub Actions'] },
        { ecosystem: 'npm', from: '/srv/advisories' },
        { ecosystem: 'Go', from: 'file:///srv/a%20b' },
      ],
    });
    expect(
      feeds.map(({ id, from }) => [id, 'url' in from ? from.url : from.path]),
    ).toEqual([
      ['osv/npm', 'https://osv-vulnerabilities.storage.googleapis.com/npm'],
      [
        'osv/GitHub Actions',
        'https://osv-vulnerabilities.storage.googleapis.com/GitHub%20Actions',
      ],
      ['osv/npm/2', '/srv/advisories/npm'],
      ['osv/Go', '/srv/a b/Go'],
    ]);
    expect(refreshSeconds).toEqual({ url: 1800, file: 1800 });
  });

  it.each([
    [
      { feeds: [{ from: '/srv' }] },
      /feeds\[0\]': give either 'ecosystem' or 'ecosystems'/,
    ],
    [
      { feeds: [{ ecosystem: '../etc', from: '/srv' }] },
      /'..\/etc' is not the name of an ecosystem/,
    ],
    [
      { feeds: [{ ecosystem: 'npm', from: 'advisories' }] },
      /feeds\[0\].from': 'advisories' is neither an https address/,
    ],
    [
      { feeds: [{ ecosystem: 'npm', from: 'http://example.com' }] },
      /neither an https address/,
    ],
    [
      { kev: 'https://me:secret@example.com/kev.json' },
      /kev': 'https:\/\/…@example.com\/kev.json' is neither/,
    ],
    [{ refresh: 'soon' }, /refresh': "soon" is not a duration/],
    [{ refresh: '1s' }, /1 seconds is too short, the least is 5/],
  ])(
    'stops at %j with the key, the value and what would be right',
    (config, message) => {
      expect(() => read(config)).toThrow(message);
    },
  );
});
