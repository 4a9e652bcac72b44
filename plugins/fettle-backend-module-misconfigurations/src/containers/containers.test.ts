import {
  runScan,
  scannerContract,
} from 'backstage-plugin-fettle-node/testUtils';
import { containersScanner } from '../scanners';

scannerContract(containersScanner, {
  path: 'Dockerfile',
  text: 'FROM node\nRUN true\n',
});

async function rulesIn(text: string): Promise<string[]> {
  const { findings = [] } = await runScan(containersScanner, {
    Dockerfile: text,
  });
  return findings.map(
    ({ rule, line, certain }) => `${rule}:${line}${certain ? '' : '?'}`,
  );
}

const GOOD = `# syntax=docker/dockerfile:1
ARG BASE=node:22
FROM \${BASE} AS build
RUN curl -fsSL https://x.example.com/a -o a && sha256sum -c a.sha256
FROM build AS run
ENV TOKEN_URL=https://x.example.com \\
    API_TOKEN=""
USER node
`;

it('finds nothing where nothing is wrong', async () => {
  expect(await rulesIn(GOOD)).toEqual([]);
});

it.each<[string, string, string[]]>([
  ['no version', 'FROM alpine\nUSER app\n', ['moving-image:1']],
  [
    'latest',
    'FROM x.example.com:5000/a:latest\nUSER app\n',
    ['moving-image:1'],
  ],
  ['nobody named', 'FROM alpine:3\n', ['root-container:1?']],
  ['root named', 'FROM alpine:3\nUSER app\nUSER 0:0\n', ['root-container:3']],
  [
    'a user of an earlier stage only',
    'FROM alpine:3 AS a\nUSER app\nFROM alpine:3\n',
    ['root-container:3?'],
  ],
  [
    'a secret in the environment',
    'FROM alpine:3\nENV A=1 \\\n  DB_PASSWORD=hunter2\nUSER app\n',
    ['secret-in-image:2'],
  ],
  [
    'a secret as an argument',
    'FROM alpine:3\nARG NPM_TOKEN=abc\nUSER app\n',
    ['secret-in-image:2?'],
  ],
  [
    'a file from the network',
    'FROM alpine:3\nADD https://u:p@x.example.com/a.tgz /a\nUSER app\n',
    ['add-of-url:2'],
  ],
  [
    'a script from the network',
    'FROM alpine:3\nRUN apk add curl && \\\n  curl https://x.example.com/i | sh\nUSER app\n',
    ['piped-installer:2'],
  ],
  [
    'a version that moves, by its default',
    'ARG V=latest\nFROM alpine:${V}\nUSER app\n',
    ['moving-image:2'],
  ],
  [
    'a user who is root by default',
    'FROM alpine:3\nARG WHO=root\nUSER ${WHO}\n',
    ['root-container:3?'],
  ],
  [
    'a script from the network in a here-document, and what follows it',
    'FROM alpine:3\nRUN <<EOF\ncurl https://x.example.com/i | sh\nEOF\nADD https://x.example.com/a /a\nUSER app\n',
    ['add-of-url:5', 'piped-installer:2'],
  ],
  [
    'root after what only looks like a here-document',
    'FROM alpine:3\nUSER app\nRUN cat <<<word && echo $((1<<n))\nUSER root\n',
    ['root-container:4'],
  ],
])('finds %s', async (_, text, expected) => {
  expect(await rulesIn(text)).toEqual(expected);
});

it.each([
  [
    'what stands in a here-document',
    'FROM alpine:3\nRUN <<A cat <<"B"\nUSER root\nA\nADD https://x.example.com/a\nB\nCOPY <<EOF /a\ncurl https://x.example.com | sh\nEOF\nUSER app\n',
  ],
  [
    'lines that are continued another way',
    '# escape=`\nFROM alpine:3\nRUN a `\n  USER root\nUSER app\n',
  ],
  [
    'what is only about secrets',
    'FROM alpine:3\nENV TOKEN_FILE=/run/token PASSWORD_MIN_LENGTH=8 GH_TOKEN=$T\nENV DB_PASSWORD=/run/secrets/db USE_TOKEN=true\nUSER app\n',
  ],
])('does not mind %s', async (_, text) => {
  expect(await rulesIn(text)).toEqual([]);
});

it('never says a secret', async () => {
  const report = await runScan(containersScanner, {
    Dockerfile:
      'FROM alpine:3\nENV DB_PASSWORD=hunter2\nADD https://u:hunter2@x.example.com/a /a\nRUN curl -H "X: hunter2" https://u:hunter2@x.example.com/?k=hunter2 | sh\n',
  });
  expect(JSON.stringify(report)).not.toContain('hunter2');
});
