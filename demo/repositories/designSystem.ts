import { ciFiles } from '../content/ci';
import { ciScript, workflow } from '../content/pipelines';
import { catalogInfo, codeowners, readme } from '../content/documents';
import { mitLicence } from '../content/licence';
import { packageJson, yarnLock } from '../content/node';
import { typescriptRules } from '../content/rules';
import type { DemoComponent, DemoRepository } from '../DemoRepository';
import { grow } from '../history/grow';

const component: DemoComponent = {
  name: 'design-system',
  description: 'The widgets that every page is made of',
  type: 'library',
  lifecycle: 'production',
  owner: 'web',
  system: 'shop',
  tags: ['typescript', 'react'],
};

const dependencies = { react: '^18.3.1', clsx: '^2.1.1' };

/** Good, with work that was merged properly and a few branches left over. */
export const designSystem: DemoRepository = {
  name: 'web/design-system',
  components: [component],
  build(history) {
    history.commit({
      daysAgo: 340,
      by: 'dalia',
      subject: 'Collect the widgets of all pages',
      files: {
        'docs/README.md': readme(
          'Design system',
          'The widgets that every page is made of, with their reasons. What is here\nworks by keyboard, in both themes and from 320 pixels on.',
          { build: 'yarn install && yarn build', test: 'yarn test' },
        ),
        'LICENSE.md': mitLicence(2025),
        'docs/CODEOWNERS': codeowners('web'),
        'catalog-info.yaml': catalogInfo(component),
        'package.json': packageJson('design-system', dependencies),
        'yarn.lock': yarnLock(dependencies),
        '.gitignore': 'node_modules/\nstorybook-static/\n',
        '.github/workflows/ci.yml': workflow('node:22'),
        ...ciFiles({ source: 'src' }),
        '.ci/run': ciScript('yarn install --frozen-lockfile', 'yarn test'),
        'src/rules/Rule.ts':
          'export interface Rule {\n  since: string;\n  text: string;\n}\n',
      },
    });
    grow(history, {
      language: typescriptRules('src/rules'),
      topics: [
        'focus-rings',
        'dark-theme',
        'long-words',
        'right-to-left',
        'touch-targets',
        'dialogs',
      ],
      people: ['dalia', 'chen'],
      commits: 85,
      from: 338,
      to: 5,
    });
    for (const [index, name] of ['menu', 'date-picker', 'toast'].entries()) {
      history.branch(name, {
        daysAgo: 4.5 - index,
        by: 'dalia',
        subject: `Add the ${name.replace('-', ' ')}`,
        files: { [`src/${name}.css`]: `.${name} {\n  display: grid;\n}\n` },
      });
      history.merge(name, { daysAgo: 4 - index, by: 'chen' });
    }
    history.branch('colour-experiment', {
      daysAgo: 150,
      by: 'chen',
      subject: 'Try warmer greys',
      files: { 'src/colours.css': ':root {\n  --grey: #8a8580;\n}\n' },
    });
  },
};
