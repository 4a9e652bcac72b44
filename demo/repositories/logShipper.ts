import { ciFiles } from '../content/ci';
import { ciScript, workflow } from '../content/pipelines';
import { codeowners, readme } from '../content/documents';
import { mitLicence } from '../content/licence';
import { rustRules } from '../content/rules';
import type { DemoRepository } from '../DemoRepository';
import { grow } from '../history/grow';

/** Nearly there, in Rust: its descriptor cannot be read and its lockfile is missing. */
export const logShipper: DemoRepository = {
  name: 'platform/log-shipper',
  components: [
    {
      name: 'log-shipper',
      description: 'Carries logs to where they are kept',
      type: 'service',
      lifecycle: 'production',
      owner: 'platform',
      system: 'foundations',
      tags: ['rust'],
    },
  ],
  build(history) {
    history.commit({
      daysAgo: 270,
      by: 'elif',
      subject: 'Ship logs without losing any',
      files: {
        'README.md': readme(
          'Log shipper',
          'Reads what services write, keeps it on disk until the store has taken\nit, and slows down rather than drop a line.',
          { build: 'cargo build --release', test: 'cargo test' },
        ),
        LICENSE: mitLicence(2025),
        CODEOWNERS: codeowners('platform'),
        'catalog-info.yaml':
          'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: log-shipper\n  description: "Carries logs to where they are kept\nspec:\n  type: service\n',
        'Cargo.toml':
          '[package]\nname = "log-shipper"\nversion = "0.4.2"\nedition = "2024"\n\n[dependencies]\ntokio = { version = "1.48", features = ["full"] }\n',
        '.gitignore': 'target/\n',
        '.github/workflows/ci.yml': workflow('rust:1.91'),
        ...ciFiles({ source: 'src' }),
        '.ci/run': ciScript('cargo test'),
        'src/rule.rs':
          "pub struct Rule {\n    pub since: &'static str,\n    pub text: &'static str,\n}\n",
      },
    });
    grow(history, {
      language: rustRules('src'),
      topics: [
        'full-disks',
        'long-lines',
        'clock-jumps',
        'rotated-files',
        'backpressure',
      ],
      people: ['elif', 'farid'],
      commits: 70,
      from: 268,
      to: 20,
    });
  },
};
