import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Known {
  ecosystem: 'npm' | 'Maven' | 'Go' | 'PyPI' | 'crates.io' | 'GitHub Actions';
  id: string;
  aliases: string[];
  name: string;
  summary: string;
  introduced: string;
  fixed: string;
  vector: string;
  published: string;
}

/**
 * A few real advisories about what the demo's repositories use, as facts: ids,
 * ranges and vectors are those of https://osv.dev. A portal of your own names
 * a feed with all of them.
 */
const KNOWN: readonly Known[] = [
  {
    ...{ ecosystem: 'npm', id: 'GHSA-jf85-cpcp-j695', name: 'lodash' },
    aliases: ['CVE-2019-10744'],
    summary: 'Prototype pollution through defaultsDeep',
    ...{ introduced: '0', fixed: '4.17.12', published: '2019-07-10' },
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H',
  },
  {
    ...{ ecosystem: 'npm', id: 'GHSA-p6mc-m468-83gw', name: 'lodash' },
    aliases: ['CVE-2020-8203'],
    summary: 'Prototype pollution through zipObjectDeep',
    ...{ introduced: '3.7.0', fixed: '4.17.19', published: '2020-07-15' },
    vector: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:H/A:H',
  },
  {
    ...{ ecosystem: 'npm', id: 'GHSA-35jh-r3h4-6jhm', name: 'lodash' },
    aliases: ['CVE-2021-23337'],
    summary: 'Command injection through templates',
    ...{ introduced: '0', fixed: '4.17.21', published: '2021-05-06' },
    vector: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H',
  },
  {
    ...{ ecosystem: 'Maven', id: 'GHSA-jfh8-c2jp-5v3q' },
    name: 'org.apache.logging.log4j:log4j-core',
    aliases: ['CVE-2021-44228'],
    summary: 'Remote code execution through what is logged',
    ...{ introduced: '2.13.0', fixed: '2.15.0', published: '2021-12-10' },
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H',
  },
  // None of these is in the demo: without any record nothing would be known of their ecosystems.
  {
    ...{ ecosystem: 'Go', id: 'GO-2023-1571', name: 'golang.org/x/net' },
    aliases: ['CVE-2022-41723', 'GHSA-vvpx-j8f3-3w6h'],
    summary: 'Denial of service through HTTP/2 headers',
    ...{ introduced: '0', fixed: '0.7.0', published: '2023-02-17' },
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
  },
  {
    ...{ ecosystem: 'PyPI', id: 'GHSA-j8r2-6x86-q33q', name: 'requests' },
    aliases: ['CVE-2023-32681'],
    summary: 'Credentials of a proxy go to other hosts on a redirect',
    ...{ introduced: '2.3.0', fixed: '2.31.0', published: '2023-05-22' },
    vector: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:C/C:H/I:N/A:N',
  },
  {
    ...{ ecosystem: 'crates.io', id: 'RUSTSEC-2020-0008', name: 'hyper' },
    aliases: ['CVE-2020-35863', 'GHSA-h3qr-rq2j-74w4'],
    summary: 'Request smuggling through a body of a GET request',
    ...{ introduced: '0.11.0', fixed: '0.12.34', published: '2020-03-19' },
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  },
  {
    ...{ ecosystem: 'GitHub Actions', id: 'GHSA-mrrh-fwg8-r2c3' },
    name: 'tj-actions/changed-files',
    aliases: ['CVE-2025-30066'],
    summary: 'Tags were moved to a commit that writes secrets to the log',
    ...{ introduced: '0', fixed: '46.0.1', published: '2025-03-15' },
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:N',
  },
];

/** Whose versions are those of https://semver.org. */
const SEMVER: readonly Known['ecosystem'][] = ['npm', 'Go', 'crates.io'];

/** Not among those that a demo starts with: it arrives when it is played. */
const LATER: Known = {
  ...{ ecosystem: 'npm', id: 'GHSA-xvch-5gv4-984h', name: 'minimist' },
  aliases: ['CVE-2021-44906'],
  summary: 'Prototype pollution through arguments',
  ...{ introduced: '1.0.0', fixed: '1.2.6', published: '2022-03-18' },
  vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
};

/** Writes the advisories that a demo starts with. */
export async function writeAdvisories(demoDir: string): Promise<void> {
  for (const known of KNOWN) await write(demoDir, known);
}

/** One more advisory arrives. */
export async function addAdvisory(
  demoDir: string,
): Promise<{ id: string; cve: string; name: string }> {
  await write(demoDir, LATER);
  const { id, name, aliases } = LATER;
  return { id, cve: aliases[0], name };
}

async function write(demoDir: string, known: Known): Promise<void> {
  const folder = join(demoDir, 'advisories', known.ecosystem);
  const path = join(folder, `${known.id}.json`);
  if (existsSync(path)) return;
  await mkdir(folder, { recursive: true });
  // At once, so that nobody reads a half.
  await writeFile(`${path}.part`, JSON.stringify(toRecord(known), null, 2));
  await rename(`${path}.part`, path);
}

/** As https://ossf.github.io/osv-schema/ has it. */
function toRecord(known: Known) {
  const { ecosystem, name, introduced, fixed, published } = known;
  return {
    schema_version: '1.6.0',
    id: known.id,
    aliases: known.aliases,
    summary: known.summary,
    published: `${published}T00:00:00Z`,
    modified: `${published}T00:00:00Z`,
    severity: [{ type: 'CVSS_V3', score: known.vector }],
    affected: [
      {
        package: { ecosystem, name },
        ranges: [
          {
            type: SEMVER.includes(ecosystem) ? 'SEMVER' : 'ECOSYSTEM',
            events: [{ introduced }, { fixed }],
          },
        ],
      },
    ],
    references: [
      { type: 'ADVISORY', url: `https://osv.dev/vulnerability/${known.id}` },
    ],
  };
}
