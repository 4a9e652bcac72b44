import type { RepositoryLocation } from 'backstage-plugin-fettle-node';
import { GithubHosts } from '../api/GithubHosts';
import { FakeHost } from '../testing/FakeHost';
import { sourceFor } from '../testing/sourceFor';
import { GithubAlertSource } from './GithubAlertSource';

const location: RepositoryLocation = {
  remote: 'https://github.example.com/acme/ledger',
  ...{ name: 'acme/ledger', host: 'github.example.com' },
};
const SECRET = 'ghs_0123456789abcdefghijABCDEFGHIJ012345';

/** As the host has them, with more than is read. */
const DEPENDABOT = {
  ...{ number: 2, state: 'open' },
  html_url: 'https://github.example.com/acme/ledger/security/dependabot/2',
  dependency: {
    package: { ecosystem: 'npm', name: 'lodash' },
    ...{ manifest_path: '/web/package-lock.json', scope: 'runtime' },
  },
  security_advisory: {
    ...{ ghsa_id: 'GHSA-jf85-cpcp-j695', cve_id: 'CVE-2019-10744' },
    ...{ summary: 'Prototype Pollution in lodash', severity: 'critical' },
    description: 'Versions before 4.17.12 are vulnerable.',
  },
  security_vulnerability: {
    vulnerable_version_range: '< 4.17.12',
    first_patched_version: { identifier: '4.17.12' },
  },
};
const CODE = {
  ...{ number: 4, html_url: 'https://github.example.com/x/4', state: 'open' },
  rule: {
    ...{ id: 'js/zipslip', severity: 'error', tags: ['security'] },
    description: 'Arbitrary file write during zip extraction',
  },
  tool: { name: 'CodeQL', version: '2.4.0' },
  most_recent_instance: {
    message: { text: 'This path depends on a user-provided value.' },
    location: { path: 'src/unzip.js', start_line: 917, end_line: 917 },
  },
};
const LEAK = {
  ...{ number: 7, html_url: 'https://github.example.com/x/7', state: 'open' },
  ...{ secret_type: 'github_token', secret: SECRET, validity: 'active' },
  secret_type_display_name: 'GitHub token',
  first_location_detected: { path: 'deploy.env', start_line: 3 },
};

describe('alerts of a host', () => {
  let host: FakeHost;
  let source: GithubAlertSource;
  const { signal } = new AbortController();

  beforeEach(async () => {
    host = await FakeHost.start();
    const { api } = sourceFor(host);
    const hosts = new GithubHosts(new Map([[host.name, api]]));
    source = new GithubAlertSource(hosts, new Set([host.name]));
  });
  afterEach(() => host.stop());

  const answer = (
    path: RegExp,
    data: unknown,
    status = 200,
    headers: Record<string, string> = {},
  ) =>
    host.instead.push([path, { status, headers, body: JSON.stringify(data) }]);
  const read = () => source.listAlerts(location, { signal });

  it('become findings, each tool for itself, and no secret with them', async () => {
    answer(/dependabot/, [DEPENDABOT]);
    answer(/code-scanning.*state=open/, [CODE]);
    answer(/secret-scanning.*state=open/, [LEAK]);
    answer(/scanning/, []);
    const readings = await read();
    expect(readings).toMatchObject([
      {
        ...{ tool: 'Dependabot', problems: [] },
        findings: [
          {
            ...{ kind: 'vulnerability', rule: 'CVE-2019-10744' },
            ...{ severity: 'critical', path: 'web/package-lock.json' },
            keys: ['advisory:GHSA-jf85-cpcp-j695:lodash'],
            fix: 'Update lodash to 4.17.12.',
          },
        ],
      },
      {
        tool: 'Code scanning',
        findings: [
          {
            ...{ rule: 'js/zipslip', severity: 'high', line: 917 },
            message: 'CodeQL: This path depends on a user-provided value.',
          },
        ],
      },
      {
        tool: 'Secret scanning',
        findings: [
          {
            ...{ kind: 'secret', severity: 'critical', path: 'deploy.env' },
            message: 'GitHub token, found by the host, still valid.',
          },
        ],
      },
    ]);
    expect(JSON.stringify(readings)).not.toContain(SECRET);
    expect(host.recorded.map(({ path }) => path)).toContainEqual(
      expect.stringContaining('hide_secret=true'),
    );
  });

  it('say which a person closed while the problem is there still', async () => {
    answer(/dependabot/, [{ ...DEPENDABOT, state: 'dismissed' }]);
    answer(/code-scanning.*state=open/, []);
    answer(/code-scanning.*state=dismissed/, [{ ...CODE, state: 'dismissed' }]);
    answer(/secret-scanning.*state=open/, [LEAK]);
    answer(/secret-scanning.*state=resolved/, [
      { ...LEAK, number: 8, state: 'resolved', resolution: 'wont_fix' },
    ]);
    expect(await read()).toMatchObject([
      { findings: [], closed: ['advisory:GHSA-jf85-cpcp-j695:lodash'] },
      { findings: [], closed: ['code-scanning:4'] },
      { findings: [{}], closed: ['secret-scanning:8'] },
    ]);
  });

  it('are left out where a tool is off, and are no other tool’s concern', async () => {
    const off = (message: string) => ({ message });
    answer(
      /dependabot/,
      off('Dependabot alerts are disabled for this repository.'),
      403,
    );
    answer(/code-scanning/, off('no analysis found'), 404);
    answer(/secret-scanning.*state=open/, [LEAK]);
    answer(/secret-scanning/, []);
    expect((await read()).map(({ tool }) => tool)).toEqual(['Secret scanning']);
  });

  it('say why they cannot be read', async () => {
    answer(
      /dependabot/,
      { message: 'Resource not accessible by integration' },
      403,
    );
    answer(/code-scanning/, { not: 'a list' });
    answer(/secret-scanning.*state=open/, [LEAK]);
    answer(/secret-scanning/, []);
    expect(await read()).toMatchObject([
      { tool: 'Dependabot', failed: { code: 'unauthorized' } },
      { tool: 'Code scanning', failed: { code: expect.any(String) } },
      { tool: 'Secret scanning', findings: [{}] },
    ]);
  });

  it('are read to the last page, wherever an answer says that it goes on', async () => {
    const next = 'http://elsewhere.example.com/?after=c2&per_page=1';
    answer(/dependabot.*after=c2/, [{ ...DEPENDABOT, number: 3 }]);
    answer(/dependabot/, [DEPENDABOT], 200, { link: `<${next}>; rel="next"` });
    answer(/scanning/, []);
    const [first] = await read();
    expect(first).toMatchObject({ findings: [{}, {}], problems: [] });
  });

  it('are told to be a part where there are too many, so that none is taken for fixed', async () => {
    const next = 'https://github.example.com/?page=2';
    answer(/dependabot/, [DEPENDABOT], 200, { link: `<${next}>; rel="next"` });
    answer(/scanning/, []);
    const [first] = await read();
    expect(first).toMatchObject({
      problems: [
        { path: null, message: expect.stringContaining('more than 20') },
      ],
    });
  });

  it('are asked of hosts that are to be asked only', () => {
    expect(source.covers(location)).toBe(true);
    const none = new GithubAlertSource(
      new GithubHosts(new Map([[host.name, sourceFor(host).api]])),
      new Set(),
    );
    expect(none.covers(location)).toBe(false);
    expect(
      source.covers({ ...location, remote: 'https://git.example.com/a/b' }),
    ).toBe(false);
  });
});
