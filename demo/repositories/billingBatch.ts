import { ciFiles } from '../content/ci';
import { ciScript, jenkinsfile } from '../content/pipelines';
import { javaRules } from '../content/rules';
import type { DemoRepository } from '../DemoRepository';
import { grow } from '../history/grow';

const javaFolder = 'src/example/demo/billing';

/** Nobody has touched it for over 14 months, and it still runs every night. */
export const billingBatch: DemoRepository = {
  name: 'legacy/billing-batch',
  components: [
    {
      name: 'billing-batch',
      description: 'Writes the invoices of the old contracts, every night',
      type: 'service',
      lifecycle: 'deprecated',
      owner: 'payments',
      system: 'payments',
      tags: ['java', 'batch'],
    },
  ],
  build(history) {
    history.commit({
      daysAgo: 900,
      by: 'amara',
      subject: 'Import from the old version control',
      files: {
        'README.txt':
          'billing batch\n\nRuns at 02:00. If it fails, run it again. If it fails again, call Amara.\n',
        'build.xml':
          '<project name="billing-batch" default="jar">\n  <target name="jar"/>\n</project>\n',
        Jenkinsfile: jenkinsfile(),
        ...ciFiles({ source: javaFolder, wantsTests: true }),
        '.ci/run': ciScript('ant jar'),
        'dist/billing-batch.jar': 'not a program\n',
        [`${javaFolder}/Rule.java`]:
          'package example.demo.billing;\n\nrecord Rule(String since, String text) {}\n',
      },
    });
    grow(history, {
      language: javaRules(javaFolder, 'example.demo.billing'),
      topics: ['old-contracts', 'paper-invoices', 'dunning', 'tax-rates'],
      people: ['amara'],
      commits: 40,
      from: 890,
      to: 432,
    });
    for (let index = 0; index < 24; index++) {
      history.branch(
        `release-${2018 + Math.floor(index / 4)}-q${(index % 4) + 1}`,
        {
          daysAgo: 880 - index * 18,
          by: 'amara',
          subject: `Freeze release ${index + 1}`,
          files: { VERSION: `${index + 1}\n` },
        },
      );
    }
  },
};
