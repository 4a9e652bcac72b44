import { MemoryRepositorySource } from 'backstage-plugin-fettle-node/testUtils';
import { createFileUrl } from './createFileUrl';

const COMMIT = 'a'.repeat(40);
const source = new MemoryRepositorySource();
const { location } = source.create('pay/ledger');
const repository = { ...location, id: 'r', sourceId: source.id };

function fileUrl(of: Partial<MemoryRepositorySource> = source) {
  return createFileUrl(() => new Map([[source.id, of as typeof source]]));
}

it('asks the source of the repository', () => {
  const place = { commit: COMMIT, path: 'a.ts', line: 3 };
  expect(fileUrl()(repository, place)).toBe(
    `${location.remote}/files/${COMMIT}/a.ts#L3`,
  );
  expect(fileUrl()({ ...repository, sourceId: 'gone' }, place)).toBeUndefined();
});

it('knows no page of a place without a file or commit, or where there are none', () => {
  expect(fileUrl()(repository, { commit: null, path: 'a' })).toBeUndefined();
  expect(fileUrl()(repository, { commit: COMMIT, path: '' })).toBeUndefined();
  const place = { commit: COMMIT, path: 'a' };
  expect(fileUrl({ id: source.id })(repository, place)).toBeUndefined();
});

it.each(['data:text/html,x', '//x.example.com', '/local', 'https://', ''])(
  'gives nothing on that leads elsewhere: %j',
  answer => {
    const urls = fileUrl({ fileUrl: () => answer });
    expect(urls(repository, { commit: COMMIT, path: 'a' })).toBeUndefined();
  },
);
