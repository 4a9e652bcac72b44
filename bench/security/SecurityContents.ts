import type {
  ComponentReport,
  FindingReport,
} from 'backstage-plugin-fettle-node';
import type { FeedRecord } from '../../plugins/fettle-backend-module-vulnerabilities/src/store/writeRecords';
import { chance } from '../fleet/BenchFleet';

const PACKAGES = 20_000;
const COMPONENTS_EACH = 30;
const VERSIONS = 10;
/** One package in so many has an advisory. */
const ADVISED = 5;

const RULES = [
  { kind: 'secret', rule: 'cloud-key', severity: 'critical' },
  { kind: 'misconfiguration', rule: 'unpinned-action', severity: 'medium' },
  { kind: 'misconfiguration', rule: 'missing-permissions', severity: 'low' },
  { kind: 'licence', rule: 'GPL-3.0-only', severity: 'high' },
  { kind: 'misconfiguration', rule: 'moving-image', severity: 'low' },
] as const;

/** The n-th most used package. */
export function packageName(rank: number): string {
  return `package-${rank}`;
}

/** Few packages are in most repositories, most are in few: the same each time. */
export function componentsOf(remote: string): ComponentReport[] {
  const ranks = new Set(
    Array.from({ length: COMPONENTS_EACH }, (_, i) =>
      Math.floor(PACKAGES * (chance(remote, 'package', i) / 2 ** 32) ** 3),
    ),
  );
  return [...ranks].map(rank => {
    const name = packageName(rank);
    const version = `1.${chance(remote, 'version', rank) % VERSIONS}.0`;
    return {
      ...{ ecosystem: 'npm', name, version, licence: 'MIT', line: rank },
      ...{ purl: `pkg:npm/${name}@${version}`, path: 'package-lock.json' },
      ...{ direct: rank % 3 === 0, scope: 'runtime', chain: ['a', 'b'] },
    };
  });
}

/** The first so many of five problems. */
export function findingsOf(remote: string, count: number): FindingReport[] {
  return Array.from({ length: count }, (_, i) => {
    const { kind, rule, severity } =
      RULES[(chance(remote, 'finding') + i) % RULES.length];
    return {
      ...{ kind, rule, severity, title: `What ${rule} is about` },
      ...{ path: `src/file-${i}.yaml`, line: i + 1 },
      ...{ keys: [`bench:${i}`], message: `It is in line ${i + 1}.` },
      ...{ description: 'Why it matters. '.repeat(10), fix: 'Put it right.' },
    };
  });
}

/** Advisories, each about half of the versions of one package. */
export function advisories(): FeedRecord[] {
  return Array.from({ length: PACKAGES / ADVISED }, (_, i) =>
    advisoryFor(i * ADVISED + 3, `GHSA-bench-${i}`),
  );
}

export function advisoryFor(rank: number, id: string): FeedRecord {
  const name = packageName(rank);
  const high = chance('severity', rank) % 3 === 0;
  return {
    ...{ id, origin: 'single', stamp: id },
    content: {
      ...{ id, modified: '2026-11-01T00:00:00Z', withdrawn: false },
      kind: 'vulnerability',
      severity: high ? 'high' : 'medium',
      ...{ cvss: high ? 8.1 : 5.4, cvssVersion: 3.1 },
      title: `Memory of ${name} can be read`,
      description: 'An attacker may read memory of the process. '.repeat(8),
      references: [`https://example.com/${id}`],
      aliases: [`CVE-2026-${10_000 + (chance('cve', id) % 80_000)}`],
      packages: [
        {
          ...{ ecosystem: 'npm', name, spelled: name, versions: [] },
          ranges: [{ i: [['0', '1.5.0']] }],
        },
      ],
    },
  };
}
