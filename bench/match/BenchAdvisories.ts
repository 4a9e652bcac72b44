/** What an ecosystem has of the advisories, and how its records look. */
interface Share {
  ecosystem: string;
  /** Of all records. */
  share: number;
  /** Of those, records of malicious packages. */
  malicious: number;
  /** Versions that a record lists one by one. */
  listed: number;
  rangeType: 'SEMVER' | 'ECOSYSTEM';
}

// About as osv.dev's exports were in 2026: most of npm are malicious packages.
export const SHARES: readonly Share[] = [
  {
    ecosystem: 'npm',
    share: 0.7,
    malicious: 0.85,
    listed: 0,
    rangeType: 'SEMVER',
  },
  {
    ecosystem: 'PyPI',
    share: 0.12,
    malicious: 0.4,
    listed: 30,
    rangeType: 'ECOSYSTEM',
  },
  {
    ecosystem: 'Maven',
    share: 0.06,
    malicious: 0,
    listed: 25,
    rangeType: 'ECOSYSTEM',
  },
  {
    ecosystem: 'Packagist',
    share: 0.04,
    malicious: 0,
    listed: 25,
    rangeType: 'ECOSYSTEM',
  },
  {
    ecosystem: 'Go',
    share: 0.04,
    malicious: 0,
    listed: 0,
    rangeType: 'SEMVER',
  },
  {
    ecosystem: 'NuGet',
    share: 0.015,
    malicious: 0.1,
    listed: 0,
    rangeType: 'ECOSYSTEM',
  },
  {
    ecosystem: 'RubyGems',
    share: 0.015,
    malicious: 0.2,
    listed: 0,
    rangeType: 'ECOSYSTEM',
  },
  {
    ecosystem: 'crates.io',
    share: 0.01,
    malicious: 0,
    listed: 0,
    rangeType: 'SEMVER',
  },
];

const WORDS =
  'http json core util stream parse route cache queue async proto graph table image crypto token vault shell build proxy query model event store react angular spring logger config client server socket worker schema mapper driver parser'.split(
    ' ',
  );
const SENTENCE =
  'An attacker who can send a crafted request to the **affected** endpoint may read memory of the process, see [the advisory](https://example.com/a) for `details`. ';
const VECTORS = [
  'AV:N/AC:L/PR:N/UI:N',
  'AV:N/AC:H/PR:L/UI:R',
  'AV:L/AC:L/PR:L/UI:N',
];
const IMPACTS = ['C:H/I:H/A:H', 'C:L/I:L/A:N', 'C:N/I:N/A:H', 'C:H/I:N/A:N'];

/** The same advisories and components each time. */
export class BenchAdvisories {
  #state = 42;

  constructor(private readonly total: number) {}

  /** How many records an ecosystem has. */
  count({ share }: Share): number {
    return Math.round(this.total * share);
  }

  /** One after the other, so that nobody has to hold them. */
  *namedRecords(share: Share): Generator<{ name: string; text: string }> {
    this.#state = share.ecosystem.length * 7_919;
    const count = this.count(share);
    for (let i = 0; i < count; i++) {
      const malicious = this.#random() < share.malicious;
      const id = malicious
        ? `MAL-2026-${i}`
        : `GHSA-${share.ecosystem.slice(0, 2).toLowerCase()}-${i}`;
      const about = malicious
        ? packageName(share.ecosystem, 1_000_000 + i)
        : packageName(share.ecosystem, this.#popular(count));
      yield {
        name: `${id}.json`,
        text: JSON.stringify(this.#record(share, id, about, i)),
      };
    }
  }

  #record(
    { ecosystem, listed, rangeType }: Share,
    id: string,
    name: string,
    i: number,
  ) {
    const malicious = id.startsWith('MAL');
    const [major, minor] = [this.#below(6), this.#below(20)];
    const events = malicious
      ? [{ introduced: '0' }]
      : [
          { introduced: this.#random() < 0.6 ? '0' : `${major}.0.0` },
          { fixed: `${major}.${minor + 1}.${this.#below(9)}` },
        ];
    return {
      schema_version: '1.6.0',
      ...{ id, modified: new Date(1.6e12 + i * 1e6).toISOString() },
      published: '2024-01-01T00:00:00Z',
      aliases: malicious ? [] : [`CVE-2024-${ecosystem.length}${10_000 + i}`],
      summary: `${
        malicious ? 'Malicious code' : 'Memory disclosure'
      } in ${name}`,
      details: SENTENCE.repeat(malicious ? 2 : 2 + this.#below(10)),
      severity: malicious
        ? []
        : [
            {
              type: 'CVSS_V3',
              score: `CVSS:3.1/${VECTORS[this.#below(3)]}/S:U/${
                IMPACTS[this.#below(4)]
              }`,
            },
          ],
      affected: [
        {
          package: { ecosystem, name, purl: `pkg:bench/${name}` },
          ranges: [{ type: rangeType, events }],
          versions: Array.from(
            { length: malicious ? 0 : this.#below(listed * 2 + 1) },
            (_, n) => `${major}.${n % 20}.${Math.floor(n / 20)}`,
          ),
        },
      ],
      references: Array.from({ length: malicious ? 1 : 4 }, (_, n) => ({
        type: n ? 'WEB' : 'ADVISORY',
        url: `https://example.com/${id}/${n}`,
      })),
      database_specific: { severity: 'HIGH' },
    };
  }

  /** Distinct components: a few versions each of packages, of which some have advisories. */
  components(count: number) {
    this.#state = 7;
    const components = [];
    for (let i = 0; components.length < count; i++) {
      const share = SHARES[i % SHARES.length];
      // Four in five packages of a fleet never had an advisory.
      const name =
        this.#random() < 0.2
          ? packageName(share.ecosystem, i % Math.ceil(this.count(share) / 3))
          : packageName(share.ecosystem, 5_000_000 + i);
      for (let n = 0; n < 4; n++) {
        components.push({
          ...{ ecosystem: share.ecosystem, name, licence: null },
          version: `${n * 2}.${this.#below(20)}.${i % 100}`,
        });
      }
    }
    return components.slice(0, count);
  }

  /** A few packages have many advisories, most have one. */
  #popular(count: number): number {
    return Math.floor(this.#random() ** 3 * (count / 3));
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  /** mulberry32: small, fast, and the same everywhere. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
}

function packageName(ecosystem: string, number: number): string {
  const word = (n: number) => WORDS[n % WORDS.length];
  const name = `${word(number)}-${word(number * 7 + 3)}-${number.toString(36)}`;
  if (ecosystem === 'Maven') return `org.${word(number)}:${name}`;
  if (ecosystem === 'Go') return `github.com/${word(number)}/${name}`;
  if (ecosystem === 'Packagist') return `${word(number)}/${name}`;
  return name;
}
