import type { Example } from '../Example';
import { made } from '../made';

/** Tokens that begin with what they are: one that is whole, one that is cut, one that stands for another. */
function prefixed(
  prefix: string,
  body: string,
  ...more: readonly string[]
): Example {
  return {
    bad: [`token: ${prefix}${body}`, ...more],
    good: [
      `${prefix}${body.slice(0, 8)}`,
      `${prefix}${'x'.repeat(body.length)}`,
      prefix,
    ],
  };
}

export const CODE: Record<string, Example> = {
  'github-pat': prefixed('ghp_', made('letters', 36)),
  'github-fine-grained-pat': prefixed(
    'github_pat_',
    `${made('letters', 22)}_${made('letters', 59)}`,
  ),
  'github-oauth-token': prefixed('gho_', made('letters', 36)),
  'github-app-token': prefixed(
    'ghs_',
    made('letters', 36),
    `ghu_${made('letters', 36)}`,
    `ghr_${made('letters', 76)}`,
  ),
  'gitlab-pat': prefixed(
    'glpat-',
    made('letters', 20),
    `glpat-${made('letters', 51)}.01.${made('lower', 9)}`,
  ),
  'gitlab-runner-token': prefixed(
    'glrt-',
    made('letters', 20),
    `GR1348941${made('letters', 20)}`,
  ),
  'gitlab-token': prefixed(
    'gldt-',
    made('letters', 20),
    `glptt-${made('hex', 40)}`,
  ),
  'gitea-token': {
    bad: [
      `GITEA_TOKEN=${made('hex', 40)}`,
      `forgejo.api_token: "${made('hex', 40)}"`,
    ],
    good: [
      `gitea: ${made('hex', 40)}`,
      `GITEA_TOKEN=${made('hex', 39)}`,
      `uses: gitea/act@${made('hex', 40)}`,
    ],
  },
  'atlassian-token': prefixed('ATATT3', `xFfGF0${made('letters', 170)}`),
  'npm-token': prefixed('npm_', made('letters', 36)),
  'npmrc-auth': {
    bad: [
      {
        path: '.npmrc',
        text: `//registry.example.org/:_authToken=${made('hex', 32)}`,
      },
      { path: 'a/.npmrc', text: `_auth = ${made('base64', 24)}` },
    ],
    good: [
      { path: '.npmrc', text: '//registry.npmjs.org/:_authToken=${NPM_TOKEN}' },
      {
        path: 'notes.txt',
        text: `//registry.example.org/:_authToken=${made('hex', 32)}`,
      },
    ],
  },
  'pypi-token': prefixed('pypi-AgEIcHlwaS5vcmc', made('letters', 120)),
  'rubygems-token': prefixed('rubygems_', made('hex', 48)),
  'crates-io-token': {
    bad: [`token = "cio${made('letters', 32)}"`],
    good: [
      `cio${made('letters', 31)}`,
      'ciothisisjustaverylongwordinonepieceee',
    ],
  },
  'docker-token': prefixed('dckr_pat_', made('letters', 27)),
  'docker-config-auth': {
    bad: [
      {
        path: '.docker/config.json',
        text: `{"auths":{"r.example.org":{"auth": "${made('base64', 32)}"}}}`,
      },
    ],
    good: [
      { path: '.docker/config.json', text: '{"auths":{},"auth": "none"}' },
      { path: 'a.json', text: `{"auth": "${made('base64', 32)}"}` },
    ],
  },
  'clojars-token': prefixed('CLOJARS_', made('hex', 60)),
  'nuget-key': prefixed('oy2', made('lower', 43)),
};

export { prefixed };
