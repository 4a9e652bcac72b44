import { ciFiles } from '../content/ci';
import { ciScript, workflow } from '../content/pipelines';
import { catalogInfo, codeowners, readme } from '../content/documents';
import { mitLicence } from '../content/licence';
import { goRules } from '../content/rules';
import type { DemoComponent, DemoRepository } from '../DemoRepository';
import { grow } from '../history/grow';

const component: DemoComponent = {
  name: 'edge-proxy',
  description: 'The first thing that a request meets',
  type: 'service',
  lifecycle: 'production',
  owner: 'platform',
  system: 'foundations',
  tags: ['go'],
};

/** As it should be, in Go. */
export const edgeProxy: DemoRepository = {
  name: 'platform/edge-proxy',
  components: [component],
  build(history) {
    history.commit({
      daysAgo: 350,
      by: 'farid',
      subject: 'Replace the appliance with a proxy of our own',
      files: {
        'README.md': readme(
          'Edge proxy',
          'The first thing that a request meets: ends TLS, refuses what no service\nshould see, and passes the rest on with a trace id.',
          { build: 'go build ./...', test: 'go test ./...' },
        ),
        LICENSE: mitLicence(2025),
        '.github/CODEOWNERS': codeowners('platform'),
        'catalog-info.yaml': catalogInfo(component),
        'go.mod':
          'module demo.example/edge-proxy\n\ngo 1.24\n\nrequire golang.org/x/net v0.46.0\n',
        'go.sum':
          'golang.org/x/net v0.46.0 h1:giFlY12I07fugqwPuWJi68oOnpfqFnJIJzaIIm2JVV4=\ngolang.org/x/net v0.46.0/go.mod h1:Q9BGdFy1y4nkUwiLvT5qtyhAnEHgnQ/zd8PfU6nc210=\n',
        '.github/workflows/ci.yml': workflow('golang:1.24'),
        ...ciFiles({ source: 'internal', deploys: true }),
        '.ci/run': ciScript('go vet ./...', 'go test ./...'),
        'internal/proxy/rule.go':
          'package proxy\n\n// Rule is one thing that was learned.\ntype Rule struct {\n\tSince string\n\tText  string\n}\n',
      },
    });
    grow(history, {
      language: goRules('internal/proxy'),
      topics: [
        'slow-clients',
        'huge-headers',
        'upgrades',
        'retries',
        'certificates',
        'health-probes',
        'bots',
      ],
      people: ['farid', 'elif'],
      commits: 130,
      from: 348,
      to: 0.6,
    });
    history.tag('v2.0.0');
  },
};
