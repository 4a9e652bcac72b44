import { PagedReader } from './PagedReader';

const signal = new AbortController().signal;

/** A list in pages of two, at a revision that a test moves. */
function list(names: string[]) {
  const asked: (string | undefined)[] = [];
  const backend = { names, revision: 1, asked };
  const reader = new PagedReader(
    async (cursor: string | undefined) => {
      asked.push(cursor);
      const start = Number(cursor ?? 0);
      const end = start + 2;
      return {
        items: backend.names.slice(start, end),
        nextCursor: end < backend.names.length ? String(end) : null,
        ...{ total: backend.names.length, revision: backend.revision },
      };
    },
    name => name,
    0,
  );
  return { backend, reader };
}

it('reads one more page by itself, and all of them when something changed', async () => {
  const { backend, reader } = list(['a', 'b', 'c', 'd', 'e']);
  expect(reader.extend()).toBe(false);
  expect(await reader.load(signal, 'now')).toEqual({ revision: 1 });
  expect(reader.value).toMatchObject({ items: ['a', 'b'], total: 5 });
  expect(reader.extend()).toBe(true);
  // It is on its way.
  expect(reader.extend()).toBe(false);
  backend.revision = 3;
  // The first page is still of then.
  expect(await reader.load(signal, 'now')).toEqual({
    ...{ revision: 3, partial: true },
  });
  expect(reader.value?.items).toEqual(['a', 'b', 'c', 'd']);
  backend.names = ['new', ...backend.names];
  expect(await reader.load(signal, 'changed')).toEqual({ revision: 3 });
  expect(reader.value?.items).toEqual(['new', 'a', 'b', 'c']);
  expect(backend.asked).toEqual([undefined, '2', undefined, '2']);
});

it('shows once what moved to the next page', async () => {
  const { backend, reader } = list(['a', 'b', 'c']);
  await reader.load(signal, 'now');
  backend.names = ['new', 'a', 'b', 'c'];
  reader.extend();
  await reader.load(signal, 'now');
  expect(reader.value?.items).toEqual(['a', 'b', 'c']);
  expect(reader.extend()).toBe(false);
});

it('follows a list that became shorter', async () => {
  const { backend, reader } = list(['a', 'b', 'c']);
  await reader.load(signal, 'now');
  reader.extend();
  await reader.load(signal, 'now');
  backend.names = ['a'];
  await reader.load(signal, 'changed');
  expect(reader.value).toMatchObject({ items: ['a'], nextCursor: null });
});
