import type { Files } from '../measure/Repository';
import {
  healthyFiles,
  readme,
  serviceSettings,
  toolSettings,
} from './healthyFiles';
import { DIGEST, TAG_COMMIT, type Outside } from './Outside';

/** One way in which files of a repository can be wrong, and what is right there. */
export interface FileKind {
  kind: string;
  playbook: string;
  /** What the repository holds instead; null where it is missing. */
  broken(name: string): Record<string, string | null>;
  right(name: string): Files;
}

/** What is wrong together in one repository, in so many of them. */
export interface FileKinds {
  repositories: number;
  kinds: FileKind[];
}

const DRIFT = 'apply-drifted-standards';
const PACKAGES = 'update-vulnerable-packages';
const PERMISSIONS = 'narrow-workflow-permissions';
const READS = 'permissions: { contents: read }\n';

export function fileKinds(outside: Outside): FileKinds[] {
  return [
    {
      repositories: 3,
      kinds: [
        missing('licence', 'LICENSE', 'add-licence'),
        missing('CODEOWNERS', 'CODEOWNERS', 'add-codeowners'),
        missing('descriptor', 'catalog-info.yaml', 'add-catalog-descriptor'),
        {
          kind: 'unpinned action',
          playbook: 'pin-actions',
          ...file('.github/workflows/pin.yml', {
            broken: workflow(READS, 'uses: actions/checkout@v4'),
            right: workflow(READS, `uses: actions/checkout@${TAG_COMMIT} # v4`),
          }),
        },
        {
          kind: 'image by tag',
          playbook: 'pin-images',
          ...file('Dockerfile', {
            broken: 'FROM alpine:latest\nUSER app\n',
            right: `FROM alpine:latest@${DIGEST}\nUSER app\n`,
          }),
        },
      ],
    },
    {
      repositories: 4,
      kinds: [
        missing('security policy', 'SECURITY.md', DRIFT),
        drifted('other .editorconfig', '.editorconfig', () => {
          return '[*]\nindent_style = tab\n';
        }),
        drifted('drifted JSON', 'tool.json', () => toolSettings(false)),
        drifted('drifted YAML', 'service.yaml', () => serviceSettings(1)),
        drifted('edited managed block', 'README.md', name => {
          return readme(name, 'Ask nobody.');
        }),
      ],
    },
    {
      repositories: 3,
      kinds: [
        {
          kind: 'vulnerable npm package',
          playbook: PACKAGES,
          broken: () => npmProject(outside, '1.0.0'),
          right: () => npmProject(outside, '1.0.1'),
        },
        {
          kind: 'vulnerable pip package',
          playbook: PACKAGES,
          ...file('requirements.txt', {
            broken: '# Ours\nsoup==1.0.0\n',
            right: '# Ours\nsoup==1.0.1\n',
          }),
        },
        {
          kind: 'vulnerable Maven property',
          playbook: PACKAGES,
          ...file('pom.xml', { broken: pom('1.0.0'), right: pom('1.0.1') }),
        },
        {
          kind: 'wide permissions',
          playbook: PERMISSIONS,
          ...file('.github/workflows/wide.yml', {
            broken: workflow('permissions: write-all\n'),
            right: workflow(READS),
          }),
        },
        {
          kind: 'no permissions',
          playbook: PERMISSIONS,
          ...file('.github/workflows/silent.yml', {
            broken: workflow(''),
            right: workflow('permissions:\n  contents: read\n\n'),
          }),
        },
      ],
    },
  ];
}

function missing(what: string, path: string, playbook: string): FileKind {
  return {
    kind: `missing ${what}`,
    playbook,
    broken: () => ({ [path]: null }),
    right: name => ({ [path]: healthyFiles(name)[path] }),
  };
}

function drifted(
  kind: string,
  path: string,
  broken: (name: string) => string,
): FileKind {
  return {
    kind,
    playbook: DRIFT,
    broken: name => ({ [path]: broken(name) }),
    right: name => ({ [path]: healthyFiles(name)[path] }),
  };
}

function file(path: string, texts: { broken: string; right: string }) {
  return {
    broken: () => ({ [path]: texts.broken }),
    right: () => ({ [path]: texts.right }),
  };
}

function workflow(permissions: string, step = 'run: make'): string {
  return `on: push
${permissions}jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - ${step}
`;
}

function pom(version: string): string {
  return `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.acme</groupId>
  <artifactId>app</artifactId>
  <version>1</version>
  <properties>
    <soup.version>${version}</soup.version>
  </properties>
  <dependencies>
    <dependency>
      <groupId>org.acme</groupId>
      <artifactId>soup</artifactId>
      <version>\${soup.version}</version>
    </dependency>
  </dependencies>
</project>
`;
}

function npmProject({ npm }: Outside, version: string): Files {
  const manifest = {
    name: 'app',
    version: '1.0.0',
    dependencies: { leaf: '^1.0.0' },
  };
  const lock = {
    name: 'app',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': manifest, 'node_modules/leaf': npm.entry('leaf', version) },
  };
  return {
    'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'package-lock.json': `${JSON.stringify(lock, null, 2)}\n`,
  };
}
