import { ciFiles } from '../content/ci';
import { ciScript, workflow } from '../content/pipelines';
import { catalogInfo, codeowners, readme } from '../content/documents';
import { mitLicence } from '../content/licence';
import { packageJson, packageLock } from '../content/node';
import { typescriptRules } from '../content/rules';
import type { DemoComponent, DemoRepository } from '../DemoRepository';
import { grow } from '../history/grow';

const component: DemoComponent = {
  name: 'ledger',
  description: 'Books every movement of money, twice',
  type: 'service',
  lifecycle: 'production',
  owner: 'payments',
  system: 'payments',
  tags: ['typescript'],
};

const dependencies = { fastify: '^5.6.1', pg: '^8.16.3', zod: '^4.1.12' };

/** As it should be: nothing to put right. */
export const ledger: DemoRepository = {
  name: 'payments/ledger',
  components: [component],
  build(history) {
    history.commit({
      daysAgo: 362,
      by: 'amara',
      subject: 'Start the ledger',
      files: {
        'README.md': readme(
          'Ledger',
          'Books every movement of money twice, once for each side, and refuses\nwhat does not balance. Other services read balances here and nowhere else.',
          { build: 'npm ci && npm run build', test: 'npm test' },
        ),
        LICENSE: mitLicence(2025),
        CODEOWNERS: codeowners('payments', ['/src/rules/  @demo/payments']),
        'catalog-info.yaml': catalogInfo(component),
        'package.json': packageJson('ledger', dependencies),
        'package-lock.json': packageLock('ledger', dependencies),
        '.gitignore': 'node_modules/\ndist/\n',
        '.github/workflows/ci.yml': workflow('node:22'),
        ...ciFiles({ source: 'src', deploys: true }),
        '.ci/run': ciScript('npm ci', 'npm run build', 'npm test'),
        'src/rules/Rule.ts':
          'export interface Rule {\n  since: string;\n  text: string;\n}\n',
        'src/book.ts':
          'export interface Entry {\n  account: string;\n  cents: bigint;\n}\n\n/** Throws unless the entries balance. */\nexport function book(entries: Entry[]): void {\n  const sum = entries.reduce((total, entry) => total + entry.cents, 0n);\n  if (sum !== 0n) {\n    throw new Error(`Entries are off by ${sum}`);\n  }\n}\n',
      },
    });
    grow(history, {
      language: typescriptRules('src/rules'),
      topics: [
        'late-refunds',
        'rounding',
        'currency-change',
        'double-booking',
        'closing-of-the-month',
        'frozen-accounts',
        'chargebacks',
        'negative-balances',
      ],
      people: ['amara', 'bjorn', 'elif'],
      commits: 140,
      from: 360,
      to: 0.2,
    });
    history.tag('v1.4.0');
    history.branch('instant-payouts', {
      daysAgo: 0.1,
      by: 'bjorn',
      subject: 'Pay out at once to verified accounts',
      files: { 'docs/payouts.md': '# Payouts\n\nAt once, where verified.\n' },
    });
  },
};
