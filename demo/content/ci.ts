import type { Files } from '../history/History';

/** What a repository's pipeline does beside linting, testing and building. */
export interface CiOptions {
  /** The folder with the sources. */
  source: string;
  /** Name of the pipeline. */
  name?: string;
  /** Runs only where this folder was touched. */
  paths?: string;
  /** Puts the default branch into service. */
  deploys?: boolean;
  /** Talks to a sandbox that refuses the first visit for every other commit. */
  flaky?: boolean;
  /** Wants tests beside the sources, whether there are any or not. */
  wantsTests?: boolean;
}

/**
 * A pipeline for the demo's CI: one file a job. It needs no more than a shell,
 * so it runs everywhere, and what it says about the sources is so.
 */
export function ciFiles(options: CiOptions): Files {
  const { name = 'ci' } = options;
  const jobs: Record<string, string[] | undefined> = {
    lint: lint(options),
    unit: unit(options),
    sandbox: options.flaky ? sandbox() : undefined,
    build: build(options),
    deploy: options.deploys ? deploy() : undefined,
  };
  return Object.fromEntries(
    Object.entries(jobs).flatMap(([job, lines]) =>
      lines
        ? [
            [
              `.ci/${name}/${job}.sh`,
              ['#!/bin/sh', ...paths(options), ...lines, ''].join('\n'),
            ],
          ]
        : [],
    ),
  );
}

function paths({ paths: folder }: CiOptions): string[] {
  return folder ? [`# paths: ${folder}`] : [];
}

function lint({ source }: CiOptions): string[] {
  return [
    '# step: Names of files',
    'sleep 1',
    `test -z "$(find ${source} -name '* *')"`,
    '# step: Blanks at the end of lines',
    `if grep -rnI '[[:blank:]]$' ${source}; then`,
    '  echo "These lines end in blanks."',
    '  exit 1',
    'fi',
  ];
}

function unit({ source, wantsTests }: CiOptions): string[] {
  return [
    `# source: ${source}`,
    '# step: Set up',
    'sleep 1',
    `echo "$(find ${source} -type f | wc -l) files to test"`,
    '# step: Unit tests',
    'failed=0',
    `for file in $(find ${source} -type f | sort); do`,
    '  if grep -n FIXME "$file"; then',
    '    echo "not ok - $file is unfinished"',
    '    failed=1',
    '  else',
    '    echo "ok - $file"',
    '  fi',
    'done',
    'sleep 1',
    'test "$failed" -eq 0',
    ...(wantsTests
      ? [
          '# step: Tests beside the sources',
          `if ! find ${source} -iname '*test*' | grep .; then`,
          `  echo "There is no test in ${source}."`,
          '  exit 1',
          'fi',
        ]
      : []),
  ];
}

function sandbox(): string[] {
  return [
    '# step: Visit the sandbox of the bank',
    'sleep 1',
    '# Its cache is cold for every other commit, and warm after one visit.',
    'case $CI_COMMIT in',
    '*[02468ace])',
    '  if [ "$CI_ATTEMPT" -lt 2 ]; then',
    '    echo "sandbox: 503, the cache is cold"',
    '    exit 1',
    '  fi',
    '  ;;',
    'esac',
    'echo "sandbox: 200"',
  ];
}

function build({ source, flaky }: CiOptions): string[] {
  return [
    `# needs: lint, unit${flaky ? ', sandbox' : ''}`,
    '# step: Put together',
    'sleep 1',
    `find ${source} -type f | sort | xargs cat | cksum`,
  ];
}

function deploy(): string[] {
  return [
    '# needs: build',
    '# only: default-branch',
    '# deploys: production',
    '# step: Hand over',
    'sleep 1',
    'echo "$CI_COMMIT is in service"',
  ];
}
