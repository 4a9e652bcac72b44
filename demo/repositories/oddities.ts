import { readme } from '../content/documents';
import { ciScript } from '../content/pipelines';
import type { DemoComponent, DemoRepository } from '../DemoRepository';

const experiment = (
  name: string,
  description: string,
  owner: DemoComponent['owner'] = 'platform',
): DemoComponent => ({
  name,
  description,
  type: 'service',
  lifecycle: 'experimental',
  owner,
  system: 'foundations',
  tags: ['experiment'],
});

/** Made yesterday, and nothing was pushed yet. */
export const empty: DemoRepository = {
  name: 'sandbox/empty',
  components: [experiment('empty', 'A new idea, without a line of code yet')],
  build() {},
};

/** Its HEAD names a branch that nobody made; the work is on another one. */
export const headless: DemoRepository = {
  name: 'sandbox/headless',
  components: [experiment('headless', 'Work on a branch that nobody finds')],
  defaultBranch: 'develop',
  build(history) {
    history.commit({
      daysAgo: 45,
      by: 'farid',
      subject: 'Try an idea',
      files: {
        'README.md': '# An idea\n\nNot more than that so far.\n',
        '.ci/run': ciScript('true'),
      },
    });
  },
};

/** The catalog has it, and the repository is gone. */
export const android: DemoRepository = {
  name: 'mobile/android',
  components: [
    {
      name: 'android',
      description: 'The app, moved away without telling the catalog',
      type: 'website',
      lifecycle: 'production',
      owner: 'mobile',
      system: 'shop',
      tags: ['kotlin'],
    },
  ],
};

/** It exists, and nobody registered it. */
export const scratchpad: DemoRepository = {
  name: 'platform/scratchpad',
  components: [],
  build(history) {
    history.commit({
      daysAgo: 120,
      by: 'elif',
      subject: 'Keep the scripts that everybody asks for',
      files: {
        'README.md': readme(
          'Scratchpad',
          'Scripts that everybody asks for and nobody wants to own.',
          { build: 'make', test: 'make check' },
        ),
        '.ci/run': ciScript('make check'),
        Makefile: 'check:\n\tshellcheck *.sh\n',
        'who-is-on-call.sh': '#!/bin/sh\necho "ask Elif"\n',
      },
    });
    history.commit({
      daysAgo: 61,
      by: 'farid',
      subject: 'Ask Farid as well',
      files: { 'who-is-on-call.sh': '#!/bin/sh\necho "ask Elif or Farid"\n' },
    });
  },
};
