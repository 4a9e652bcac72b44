import { ciFiles } from '../content/ci';
import { ciScript } from '../content/pipelines';
import { catalogInfo, codeowners, readme } from '../content/documents';
import { pythonRules } from '../content/rules';
import type { DemoComponent, DemoRepository } from '../DemoRepository';
import { grow } from '../history/grow';

const component: DemoComponent = {
  name: 'forecast',
  description: 'Says how much will be sold next week',
  type: 'service',
  lifecycle: 'experimental',
  owner: 'data',
  system: 'insights',
  tags: ['python'],
};

const pyproject = `[project]
name = "forecast"
version = "0.7.0"
requires-python = ">=3.12"
dependencies = ["polars>=1.32", "statsforecast>=2.0"]

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
`;

/** Middling: no licence, no pipeline, no lockfile, and bytecode in the tree. */
export const forecast: DemoRepository = {
  name: 'data/forecast',
  components: [component],
  build(history) {
    history.commit({
      daysAgo: 210,
      by: 'greta',
      subject: 'Publish the notebook as a package',
      files: {
        'README.rst': readme(
          'Forecast',
          'Says how much will be sold next week, per shop and article, with an\ninterval. Trained every night on the last two years.',
          { build: 'pip install -e .', test: 'pytest' },
        ).replace(
          /^#+ (.*)$/gm,
          (_, title) => `${title}\n${'='.repeat(title.length)}`,
        ),
        CODEOWNERS: codeowners('data'),
        'catalog-info.yaml': catalogInfo(component),
        'pyproject.toml': pyproject,
        ...ciFiles({ source: 'src' }),
        '.ci/run': ciScript('pip install -e .', 'pytest'),
        'src/forecast/__init__.py': '"""Forecasts of sales."""\n',
        'src/forecast/__pycache__/__init__.cpython-312.pyc': 'not a program\n',
      },
    });
    grow(history, {
      language: pythonRules('src/forecast'),
      topics: [
        'holidays',
        'missing-days',
        'new-shops',
        'promotions',
        'weather',
        'outliers',
      ],
      people: ['greta'],
      commits: 60,
      from: 208,
      to: 38,
    });
  },
};
