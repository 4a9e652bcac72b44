import { ciFiles } from '../content/ci';
import { ciScript, stages } from '../content/pipelines';
import { catalogInfo, readme } from '../content/documents';
import { mitLicence } from '../content/licence';
import { javaRules } from '../content/rules';
import type { DemoComponent, DemoRepository } from '../DemoRepository';
import { grow } from '../history/grow';

const component: DemoComponent = {
  name: 'gateway',
  description: 'Speaks to banks and card networks',
  type: 'service',
  lifecycle: 'production',
  owner: 'payments',
  system: 'payments',
  tags: ['java', 'maven'],
};

const pom = `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example.demo</groupId>
  <artifactId>gateway</artifactId>
  <version>3.1.0</version>
  <dependencies>
    <dependency>
      <groupId>io.javalin</groupId>
      <artifactId>javalin</artifactId>
      <version>6.7.0</version>
    </dependency>
    <dependency>
      <groupId>org.apache.logging.log4j</groupId>
      <artifactId>log4j-core</artifactId>
      <version>2.14.1</version>
    </dependency>
  </dependencies>
</project>
`;

const javaFolder = 'src/main/java/example/demo/gateway';

/** Well kept, but its CODEOWNERS name nobody and branches pile up. */
export const gateway: DemoRepository = {
  name: 'payments/gateway',
  components: [component],
  build(history) {
    history.commit({
      daysAgo: 355,
      by: 'bjorn',
      subject: 'Move the gateway out of the old billing system',
      files: {
        'README.adoc': readme(
          'Gateway',
          'Speaks to banks and card networks, each in its own dialect, and offers\nthe rest of the company one way to take and return money.',
          { build: 'mvn package', test: 'mvn verify' },
        ).replace(/^(#+)/gm, marks => '='.repeat(marks.length)),
        LICENSE: mitLicence(2025),
        '.gitlab/CODEOWNERS':
          '# Who reviews what\n*  payments team\n/src/main  bjorn lindqvist\n',
        'catalog-info.yaml': catalogInfo(component),
        'pom.xml': pom,
        '.gitignore': 'target/\n',
        '.gitlab-ci.yml': stages('maven:3.9-eclipse-temurin-21'),
        ...ciFiles({ source: javaFolder, flaky: true }),
        '.ci/run': ciScript('mvn --batch-mode verify'),
        [`${javaFolder}/Rule.java`]:
          'package example.demo.gateway;\n\nrecord Rule(String since, String text) {}\n',
      },
    });
    grow(history, {
      language: javaRules(javaFolder, 'example.demo.gateway'),
      topics: [
        'card-tokens',
        'bank-holidays',
        'strong-authentication',
        'settlement-files',
        'network-outages',
        'partial-captures',
      ],
      people: ['bjorn', 'amara'],
      commits: 110,
      from: 353,
      to: 2.4,
    });
    for (const [index, name] of [
      'spike-iso20022',
      'retry-settlement',
      'amara/sandbox-keys',
      'upgrade-javalin',
      'old-card-network',
      'bjorn/perf',
      'hotfix-2025-12',
    ].entries()) {
      history.branch(name, {
        daysAgo: 320 - index * 25,
        by: index % 2 ? 'amara' : 'bjorn',
        subject: `Try ${name.replace(/^.*\//, '').replace(/-/g, ' ')}`,
        files: {
          [`notes/${name.replace('/', '-')}.txt`]: 'To be continued.\n',
        },
      });
    }
  },
};
