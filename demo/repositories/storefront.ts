import { conflicted } from '../content/conflict';
import { ciScript } from '../content/pipelines';
import { packageJson } from '../content/node';
import { typescriptRules } from '../content/rules';
import type { DemoRepository } from '../DemoRepository';
import { grow } from '../history/grow';

const conflict = `import { Basket } from './basket';

export function total(basket: Basket): number {
${conflicted(
  '  return basket.items.reduce((sum, item) => sum + item.price, 0);',
  '  return basket.items.reduce((sum, item) => sum + item.price * item.count, 0);',
  'count-items',
)}
}
`;

/** Everything that goes wrong in a hurry. */
export const storefront: DemoRepository = {
  name: 'web/storefront',
  components: [
    {
      name: 'storefront',
      description: 'The shop that customers see',
      type: 'website',
      lifecycle: 'production',
      owner: 'web',
      system: 'shop',
      tags: ['typescript', 'react'],
    },
  ],
  build(history) {
    history.commit({
      daysAgo: 300,
      by: 'chen',
      subject: 'First version of the shop',
      files: {
        'README.md': '# storefront\n\nTODO\n',
        '.github/CODEOWNERS': '*  the web people\n/src  chen or dalia\n',
        'package.json': packageJson('storefront', {
          react: '^18.3.1',
          'react-dom': '^18.3.1',
        }),
        '.ci/run': ciScript('npm install', 'npm run build'),
        'src/rules/Rule.ts':
          'export interface Rule {\n  since: string;\n  text: string;\n}\n',
        'src/basket.ts':
          'export interface Basket {\n  items: { price: number; count: number }[];\n}\n',
      },
    });
    grow(history, {
      language: typescriptRules('src/rules'),
      topics: [
        'empty-baskets',
        'vouchers',
        'guest-checkout',
        'slow-images',
        'back-button',
        'sold-out-sizes',
      ],
      people: ['chen', 'dalia'],
      commits: 95,
      from: 298,
      to: 14,
    });
    history.commit({
      daysAgo: 9,
      by: 'chen',
      subject: 'Make it build on my machine',
      files: {
        'node_modules/left-pad/package.json':
          '{\n  "name": "left-pad",\n  "version": "1.3.0",\n  "license": "WTFPL"\n}\n',
        'node_modules/left-pad/index.js':
          'module.exports = (text, width) => String(text).padStart(width);\n',
        'node_modules/.package-lock.json':
          '{\n  "name": "storefront",\n  "lockfileVersion": 3,\n  "packages": {}\n}\n',
      },
    });
    for (const [index, name] of [
      'redesign',
      'redesign-2',
      'redesign-final',
      'dalia/ab-test',
      'black-friday',
    ].entries()) {
      history.branch(name, {
        daysAgo: 260 - index * 30,
        by: 'dalia',
        subject: `Start ${name.replace(/^.*\//, '').replace(/-/g, ' ')}`,
        files: { [`src/${name.replace('/', '-')}.css`]: 'main {\n}\n' },
      });
    }
    history.commit({
      daysAgo: 3.2,
      by: 'chen',
      subject: 'Merge, quickly, before the sale',
      files: { 'src/total.ts': conflict },
    });
  },
};
