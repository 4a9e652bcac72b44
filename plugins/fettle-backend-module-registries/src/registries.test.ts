import { newestRelease } from 'backstage-plugin-fettle-node';
import { releaseSourceContract } from 'backstage-plugin-fettle-node/testUtils';
import { registries } from './registries';
import { samples } from './testing/answers';
import { harnessOf, RegistryServer } from './testing/RegistryServer';

const { signal } = new AbortController();

it('has a sample of every registry', () => {
  expect(samples.map(({ kind }) => kind.id).sort()).toEqual(
    registries.map(({ id }) => id).sort(),
  );
});

describe.each(samples)('$kind.title', sample => {
  const { kind, name, newest, publishedAt, others, answers } = sample;
  const { ecosystem } = kind;
  let server: RegistryServer;

  beforeEach(async () => {
    server = await RegistryServer.start();
    for (const [path, answer] of Object.entries(answers)) {
      server.answer(path, answer);
    }
  });
  afterEach(() => server.stop());

  releaseSourceContract(
    harnessOf(kind, answers, { name, newest }, name.replace(/thing|rd/i, 'x')),
  );

  it('tells all versions, and when the newest was published', async () => {
    const releases = await server
      .source(kind)
      .releases({ ecosystem, name }, { signal });
    expect(releases.map(({ version }) => version).sort()).toEqual(
      [newest, ...others].sort(),
    );
    expect(newestRelease(ecosystem, releases)).toMatchObject({
      version: newest,
      ...(publishedAt ? { publishedAt } : {}),
    });
  });

  it.each<[string, string, RegExp, Parameters<RegistryServer['answer']>[1]]>([
    [
      'refuses',
      'unauthorized',
      /refused the credentials/,
      r => r.writeHead(401).end(),
    ],
    ['is broken', 'failed', /answered with 500/, r => r.writeHead(500).end()],
    [
      'asks to wait',
      'rate-limited',
      /asks to wait/,
      r => r.writeHead(429, { 'retry-after': '60' }).end(),
    ],
    [
      'is a page of a proxy',
      'corrupt',
      /answered about the package/,
      '<!doctype html>\n<p>Please sign in<br>now.',
    ],
    ['says something else', 'corrupt', /answered about/, '{"ok":[true]}'],
    [
      'breaks off',
      'corrupt',
      /half an answer/,
      r => {
        r.writeHead(200, { 'content-length': '1000' }).write('{"a');
        setTimeout(() => r.destroy(), 20);
      },
    ],
    [
      'never ends',
      'timeout',
      /did not answer in time/,
      r => {
        r.write('[');
      },
    ],
    ['never begins', 'timeout', /did not answer in time/, () => {}],
    [
      'sends without end',
      'too-large',
      /more than 100000 bytes/,
      r => {
        const more = () => {
          while (!r.destroyed && r.write('[1,'.repeat(1_000)));
          if (!r.destroyed) r.once('drain', more);
        };
        more();
      },
    ],
  ])('that %s is %s', async (what, code, message, answer) => {
    const other = await RegistryServer.start();
    other.answer('everything', answer);
    const timeoutMs = what.startsWith('never') ? 150 : 20_000;
    const limits = { timeoutMs, maxBytes: 100_000 };
    const asked = other
      .source(kind, { limits })
      .releases({ ecosystem, name }, { signal });
    await expect(asked).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      action: expect.stringMatching(/\w/),
    });
    await other.stop();
  });

  it('gets its credentials, and messages do not', async () => {
    const settings = { authorization: 'Bearer s3cr3t' };
    await server
      .source(kind, { settings })
      .releases({ ecosystem, name }, { signal });
    expect(server.headers[0].authorization).toBe('Bearer s3cr3t');
    const refused = await RegistryServer.start();
    refused.answer('everything', r => r.writeHead(401).end());
    const error = await refused
      .source(kind, { settings })
      .releases({ ecosystem, name }, { signal })
      .catch(reason => reason);
    expect(JSON.stringify([error.message, error.action])).not.toMatch(/s3cr3t/);
    expect(error.action).toContain(`fettle.registries.${kind.id}`);
    await refused.stop();
  });
});
