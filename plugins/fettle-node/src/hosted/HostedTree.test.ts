import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { HostedTree } from './HostedTree';

const remote = 'https://git.example.com/payments/ledger';
const idOf = (content: Buffer) =>
  createHash('sha1').update(content).digest('hex');

interface Given {
  content: string | Buffer;
  type?: 'file' | 'symlink' | 'submodule';
  /** Kept out of the archive. */
  ignored?: boolean;
  /** In the archive only. */
  untracked?: boolean;
}

async function archiveOf(files: [string, Given][]): Promise<Buffer> {
  const archive = pack();
  archive.entry({ name: 'ledger-abc/', type: 'directory' });
  for (const [path, { content, type = 'file', ignored }] of files) {
    const name = `ledger-abc/${path}`;
    if (ignored || type === 'submodule') continue;
    if (type === 'symlink') {
      archive.entry({ name, type, linkname: String(content) });
    } else archive.entry({ name }, content as Buffer);
  }
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) chunks.push(chunk as Uint8Array);
  return gzipSync(Buffer.concat(chunks));
}

/** A tree of these files, on a host that counts what it is asked. */
async function hosted(files: Record<string, Given>) {
  const all = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  const tracked = all.filter(([, { untracked }]) => !untracked);
  const blobs = new Map<string, Buffer | null>();
  const entries = tracked.map(([path, { content, type = 'file' }]) => {
    const bytes = Buffer.from(content as Buffer);
    const objectId = idOf(bytes);
    blobs.set(objectId, bytes);
    const size = type === 'submodule' ? 0 : bytes.length;
    return { path, type, executable: false, size, objectId };
  });
  const asked: string[][] = [];
  const host = {
    archive: await archiveOf(all),
    opened: 0,
    blobs,
    asked,
    stop: new AbortController(),
  };
  const tree = new HostedTree({
    ...{ remote, commit: 'a'.repeat(40), entries, signal: host.stop.signal },
    async readBlobs(wanted) {
      asked.push([...wanted.keys()]);
      return new Map(
        [...wanted.keys()].flatMap(id =>
          blobs.has(id) ? [[id, blobs.get(id)!]] : [],
        ),
      );
    },
    async openArchive() {
      host.opened += 1;
      const parts = [];
      for (let at = 0; at < host.archive.length; at += 1000) {
        parts.push(host.archive.subarray(at, at + 1000));
      }
      return Readable.from(parts);
    },
  });
  return { tree, host };
}

describe('reading', () => {
  it('asks for what is wanted in one go, and for nothing else', async () => {
    const { tree, host } = await hosted({
      'a.txt': { content: '\uFEFFhellö' },
      'b.txt': { content: 'not asked for' },
      'large.txt': { content: 'x'.repeat(101) },
      'binary.bin': { content: Buffer.from([1, 0, 2]) },
      link: { content: '../elsewhere', type: 'symlink' },
      module: { content: '', type: 'submodule' },
      'empty.txt': { content: '' },
    });
    const paths = ['a.txt', 'a.txt', 'large.txt', 'binary.bin', 'link'];
    const found = await tree.read([...paths, 'module', 'empty.txt', 'gone'], {
      maxBytes: 100,
    });
    expect(Object.fromEntries(found)).toEqual({
      'a.txt': { path: 'a.txt', size: 9, text: 'hellö' },
      'large.txt': { path: 'large.txt', size: 101, omitted: 'too-large' },
      'binary.bin': { path: 'binary.bin', size: 3, omitted: 'binary' },
      link: {
        ...{ path: 'link', size: 12, omitted: 'not-a-file' },
        target: '../elsewhere',
      },
      module: { path: 'module', size: 0, omitted: 'not-a-file' },
      'empty.txt': { path: 'empty.txt', size: 0, text: '' },
    });
    expect(host.asked).toHaveLength(1);
    expect(host.asked[0]).toHaveLength(4);
  });

  it('asks for nothing where nothing is to be read', async () => {
    const { tree, host } = await hosted({ 'a.txt': { content: 'x' } });
    expect((await tree.read(['gone'])).size).toBe(0);
    expect(host.asked).toEqual([]);
  });

  it('takes what was not sent for binary, and what is missing for corrupt', async () => {
    const { tree, host } = await hosted({ 'a.txt': { content: 'x' } });
    const [id] = host.blobs.keys();
    host.blobs.set(id, null);
    expect((await tree.read(['a.txt'])).get('a.txt')?.omitted).toBe('binary');
    host.blobs.clear();
    await expect(tree.read(['a.txt'])).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('a.txt'),
    });
  });
});

describe('searching', () => {
  it('finds lines in the archive, in order, and nothing that is no file of the commit', async () => {
    const { tree, host } = await hosted({
      'b.txt': { content: 'one\r\n<<< two\r\n' },
      'a/b.txt': { content: '<<< first\n <<<\n<<< third' },
      'binary.bin': { content: Buffer.from('<<<\0') },
      link: { content: '<<< link', type: 'symlink' },
      'injected.txt': { content: '<<< x', untracked: true },
      [`${'long/'.repeat(60)}é.txt`]: { content: '<<< deep' },
    });
    expect(await tree.findLines(['<<<', '>>>'])).toEqual({
      lines: [
        { path: 'a/b.txt', line: 1, text: '<<< first' },
        { path: 'a/b.txt', line: 3, text: '<<< third' },
        { path: 'b.txt', line: 2, text: '<<< two' },
        { path: `${'long/'.repeat(60)}é.txt`, line: 1, text: '<<< deep' },
      ],
      complete: true,
    });
    expect(host).toMatchObject({ opened: 1, asked: [] });
  });

  it('reads by itself what the archive leaves out, of any size', async () => {
    const { tree, host } = await hosted({
      'in.txt': { content: '<a' },
      'out.txt': { content: `${'x\n'.repeat(600_000)}<b`, ignored: true },
    });
    const { lines } = await tree.findLines(['<']);
    expect(lines.map(({ text }) => text)).toEqual(['<a', '<b']);
    expect(host.asked).toHaveLength(1);
  });

  it('says where archives leave too much out', async () => {
    const { tree } = await hosted(
      Object.fromEntries(
        Array.from({ length: 501 }, (_, i) => [
          `${i}.txt`,
          { content: 'x', ignored: true },
        ]),
      ),
    );
    await expect(tree.findLines(['<'])).rejects.toMatchObject({
      code: 'too-large',
    });
  });

  it('says where it found more than was asked for, and where far more than can be kept', async () => {
    const { tree } = await hosted({ 'a.txt': { content: '<\n'.repeat(3) } });
    const some = await tree.findLines(['<'], { limit: 2 });
    expect(some.lines).toHaveLength(2);
    expect(some.complete).toBe(false);
    const all = await tree.findLines(['<'], { limit: 3 });
    expect(all.complete).toBe(true);

    const { tree: many } = await hosted({
      'a.txt': { content: '<\n'.repeat(1_000_000) },
    });
    const found = await many.findLines(['<'], { limit: Infinity });
    expect(found.lines).toHaveLength(50_001);
    expect(found.complete).toBe(false);
  });

  it('opens no archive where there is nothing to search', async () => {
    const { tree, host } = await hosted({ 'empty.txt': { content: '' } });
    const nothing = { lines: [], complete: true };
    expect(await tree.findLines(['<'])).toEqual(nothing);
    expect(await tree.findLines([])).toEqual(nothing);
    expect(host.opened).toBe(0);
    await expect(tree.findLines(['a\nb'])).rejects.toThrow(TypeError);
  });

  it.each([
    ['breaks off', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
    ['is empty', () => Buffer.alloc(0)],
    ['is a page', () => Buffer.from('<h1>Be right back</h1>')],
    ['is compressed nonsense', () => gzipSync(Buffer.alloc(5_000, 'x'))],
    ['is damaged', (whole: Buffer) => Buffer.from(whole).fill(7, 40, 90)],
  ])('is an error where the archive %s', async (_, damage) => {
    const noise = createHash('sha512');
    const { tree, host } = await hosted({
      'a.txt': {
        content: Array.from({ length: 500 }, (__, i) =>
          noise.copy().update(String(i)).digest('hex'),
        ).join('\n'),
      },
    });
    host.archive = damage(host.archive);
    await expect(tree.findLines(['<'])).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(remote),
    });
  });

  it('ends when it is told to', async () => {
    const { tree, host } = await hosted({ 'a.txt': { content: '<' } });
    host.stop.abort();
    await expect(tree.findLines(['<'])).rejects.toMatchObject({
      code: 'timeout',
    });
  });
});
