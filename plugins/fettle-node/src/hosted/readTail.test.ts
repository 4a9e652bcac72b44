import { Readable } from 'node:stream';
import { readTail } from './readTail';

const read = (chunks: Buffer[], maxBytes: number) =>
  readTail(Readable.from(chunks), maxBytes);

it('is the whole of what is short', async () => {
  const chunks = [Buffer.from('one\n'), Buffer.from('two')];
  expect(await read(chunks, 1024)).toEqual({ text: 'one\ntwo', total: 7 });
});

it('is the end of what is long, and tells how long that was', async () => {
  const chunks = [Buffer.alloc(5_000, 'x'), Buffer.from('the end')];
  const { text, total } = await read(chunks, 10);
  expect(text).toBe('xxxthe end');
  expect(total).toBe(5_007);
});

it('begins with a whole character', async () => {
  const { text } = await read([Buffer.from('\u{1F41F}\u{1F41F}')], 6);
  expect(text).toBe('\u{1F41F}');
});

it('takes no more bytes for what is no text', async () => {
  const chunks = [Buffer.alloc(5_000, 0xff), Buffer.from('the end')];
  const { text, total } = await read(chunks, 1024);
  expect(total).toBe(5_007);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024);
  expect(text.endsWith('the end')).toBe(true);
});
