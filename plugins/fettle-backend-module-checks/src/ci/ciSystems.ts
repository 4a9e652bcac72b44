/** A CI system by the files that define its pipelines. */
export interface CiSystem {
  name: string;
  /** Fits the path, from the root, of each definition. */
  path: RegExp;
  /** The definition is a YAML mapping; with keys: one that has them all. */
  yaml?: readonly string[];
}

/** Where each CI system keeps its pipelines. One line adds one. */
export const CI_SYSTEMS: readonly CiSystem[] = [
  {
    name: 'GitHub Actions',
    path: /^\.github\/workflows\/[^/]+\.ya?ml$/,
    yaml: ['on', 'jobs'],
  },
  { name: 'GitLab CI', path: /^\.gitlab-ci\.ya?ml$/, yaml: [] },
  {
    name: 'Forgejo Actions',
    path: /^\.forgejo\/workflows\/[^/]+\.ya?ml$/,
    yaml: ['on', 'jobs'],
  },
  {
    name: 'Gitea Actions',
    path: /^\.gitea\/workflows\/[^/]+\.ya?ml$/,
    yaml: ['on', 'jobs'],
  },
  {
    name: 'Jenkins',
    path: /^(|\.?ci\/|\.?jenkins\/)[Jj]enkinsfile([._-][^/]+)?$/,
  },
  { name: 'CircleCI', path: /^\.circleci\/config\.ya?ml$/, yaml: ['version'] },
  {
    name: 'Azure Pipelines',
    path: /^(|\.azure\/|\.azure-pipelines\/|\.vsts\/|\.pipelines\/)[^/]*(azure-pipelines?|\.?vsts-ci)[^/]*\.ya?ml$/,
    yaml: [],
  },
  {
    name: 'Azure Pipelines',
    path: /^\.(azure-pipelines|pipelines)\/[^/]+\.ya?ml$/,
    yaml: [],
  },
  { name: 'Travis CI', path: /^\.travis\.ya?ml$/, yaml: [] },
  {
    name: 'Bitbucket Pipelines',
    path: /^bitbucket-pipelines\.ya?ml$/,
    yaml: ['pipelines'],
  },
  { name: 'Drone', path: /^\.drone\.(ya?ml|star|jsonnet)$/ },
  {
    name: 'Woodpecker',
    path: /^\.woodpecker(\/([^/]+\/)*[^/]+)?\.ya?ml$/,
    yaml: [],
  },
  {
    name: 'Buildkite',
    path: /^\.?buildkite\/([^/]+\/)*[^/]+\.(ya?ml|json|sh|py)$/,
  },
  { name: 'AppVeyor', path: /^\.?appveyor\.ya?ml$/, yaml: [] },
  { name: 'Semaphore', path: /^\.semaphore\/[^/]+\.ya?ml$/, yaml: [] },
  { name: 'Cloud Build', path: /^cloudbuild(\.[^/]+)?\.(ya?ml|json)$/ },
  {
    name: 'AWS CodeBuild',
    path: /^buildspec(\.[^/]+)?\.ya?ml$/,
    yaml: ['version'],
  },
  { name: 'Tekton', path: /^\.tekton\/([^/]+\/)*[^/]+\.ya?ml$/, yaml: [] },
  {
    name: 'TeamCity',
    path: /^\.teamcity\/([^/]+\/)*(settings\.kts|[^/]+\.xml|pom\.xml)$/,
  },
  { name: 'Cirrus CI', path: /^\.cirrus\.(ya?ml|star)$/ },
  {
    name: 'Prow',
    path: /^\.prow(\.ya?ml|\/([^/]+\/)*[^/]+\.ya?ml)$/,
    yaml: [],
  },
  {
    name: 'Concourse',
    path: /^(\.?ci|\.?concourse)\/([^/]+\/)*pipelines?\.ya?ml$/,
    yaml: [],
  },
  { name: 'Codefresh', path: /^(\.codefresh\/)?codefresh\.ya?ml$/, yaml: [] },
  { name: 'Bitrise', path: /^bitrise\.ya?ml$/, yaml: [] },
  { name: 'Codemagic', path: /^codemagic\.ya?ml$/, yaml: [] },
  { name: 'Harness', path: /^\.harness\/([^/]+\/)*[^/]+\.ya?ml$/, yaml: [] },
  { name: 'Zuul', path: /^\.?zuul(\.d\/[^/]+)?\.ya?ml$/ },
  { name: 'GoCD', path: /^[^/]+\.gocd\.(ya?ml|json)$/ },
  { name: 'Screwdriver', path: /^screwdriver\.ya?ml$/, yaml: [] },
  { name: 'builds.sr.ht', path: /^\.build(s\/[^/]+)?\.ya?ml$/, yaml: [] },
  {
    name: 'Argo Workflows',
    path: /^\.argo(-ci)?\/([^/]+\/)*[^/]+\.ya?ml$/,
    yaml: [],
  },
  {
    name: 'Evergreen',
    path: /^\.evergreen(\.ya?ml|\/config\.ya?ml)$/,
    yaml: [],
  },
  {
    name: 'a script in .ci',
    path: /^\.ci\/[^/.]+(\.(sh|bash|py|js|rb|ya?ml))?$/,
  },
];
