import { runScan } from 'backstage-plugin-fettle-node/testUtils';
import { componentsScanner } from '../componentsScanner';
import { problemOf, readBriefly } from '../testing/readBriefly';

const DOCKERFILE = `# syntax=docker/dockerfile:1
ARG BASE=3.19
ARG REGISTRY="registry.example.com:5000"
FROM --platform=linux/amd64 docker.io/library/node:22-alpine AS Build
ARG BASE=9
RUN psql <<SQL
FROM users
SQL
RUN echo "SELECT a \\
# a comment
FROM b"
from alpine:\${BASE} as run
FROM \${REGISTRY}/x/y:1@sha256:abcdef
FROM ghcr.io/z/w:\${TAG:-7}
FROM build
FROM scratch
FROM $UNKNOWN
FROM python
`;

it('reads the images that it builds on, and nothing that looks like them', async () => {
  expect(await readBriefly({ Dockerfile: DOCKERFILE })).toEqual([
    '!alpine@3.19 runtime',
    '!ghcr.io/z/w@7 runtime',
    '!node@22-alpine runtime',
    '!python@ runtime',
    '!registry.example.com:5000/x/y@sha256:abcdef (1) runtime',
  ]);
});

it('has lines, and addresses with the registry', async () => {
  const { components } = await runScan(componentsScanner, {
    Dockerfile: DOCKERFILE,
  });
  expect(components!.map(({ purl, line }) => `${line} ${purl}`)).toEqual([
    '4 pkg:docker/node@22-alpine',
    '12 pkg:docker/alpine@3.19',
    '13 pkg:docker/x/y@sha256:abcdef?repository_url=registry.example.com%3A5000',
    '14 pkg:docker/z/w@7?repository_url=ghcr.io',
    '18 pkg:docker/python',
  ]);
});

it.each([
  ['Dockerfile', true],
  ['build/Dockerfile.release', true],
  ['Containerfile', true],
  ['api.dockerfile', true],
  ['Dockerfile.dockerignore', false],
  ['Dockerfile.md', false],
  ['docs/Dockerfiles.txt', false],
])('reads %s: %s', async (path, wanted) => {
  const found = await readBriefly({ [path]: 'FROM a:1' });
  expect(found).toEqual(wanted ? ['!a@1 runtime'] : []);
});

it('does not begin what would take too long', async () => {
  expect(await problemOf('Dockerfile', 'FROM a\n'.repeat(200_000))).toMatch(
    /It is too long/,
  );
});
