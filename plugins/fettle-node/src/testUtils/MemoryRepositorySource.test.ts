import { ANNOTATION_REPOSITORY } from 'backstage-plugin-fettle-common';
import { MemoryRepositorySource } from './MemoryRepositorySource';
import { repositorySourceContract } from './repositorySourceContract';

repositorySourceContract(async () => {
  const now = new Date('2026-06-01T12:00:00.000Z');
  const source = new MemoryRepositorySource({ now: () => now });
  return {
    source,
    now,
    create: async name => source.create(name),
    annotate: ({ remote }, subpath) => ({
      [ANNOTATION_REPOSITORY]: subpath ? `${remote}#${subpath}` : remote,
    }),
    brokenAnnotations: { [ANNOTATION_REPOSITORY]: '--upload-pack=true' },
    dispose: async () => {},
  };
});
