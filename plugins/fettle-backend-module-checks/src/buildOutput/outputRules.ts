/**
 * `certain`: a tool made it and makes it again. `likely`: usually so, though
 * some commit it on purpose, such as a `dist/` that is served as it is.
 * `leftover`: no output, but nobody meant to commit it.
 */
export type OutputGrade = 'certain' | 'likely' | 'leftover';

/** A folder that tools write, by its name. */
export interface FolderRule {
  folder: string;
  made: string;
  grade: OutputGrade;
  /** One of these lies beside the folder. */
  beside?: readonly string[];
  /** At least one file inside fits; the path starts in the folder. */
  inside?: RegExp;
  /** A file beside or above that makes it deliberate. */
  unless?: readonly string[];
}

const NODE = ['package.json'];
const JVM = ['pom.xml', 'build.gradle', 'build.gradle.kts', 'build.sbt'];
const PYTHON = ['pyproject.toml', 'setup.py', 'setup.cfg'];
const ACTION = ['action.yml', 'action.yaml'];
const BUNDLE =
  /\.(map|min\.js|min\.css|bundle\.js|chunk\.js|d\.ts)$|^(index|main|bundle|app)(\.[a-z]+)?\.(js|cjs|mjs)$|^assets\/.*-[\w-]{8}\.(js|css)$/;

/** Folders that are build output. One line adds one. */
export const FOLDER_RULES: readonly FolderRule[] = [
  { folder: 'node_modules', made: 'npm packages', grade: 'certain' },
  { folder: 'bower_components', made: 'Bower packages', grade: 'certain' },
  { folder: '__pycache__', made: 'Python bytecode', grade: 'certain' },
  { folder: '.pytest_cache', made: "pytest's cache", grade: 'certain' },
  { folder: '.mypy_cache', made: "mypy's cache", grade: 'certain' },
  { folder: '.ruff_cache', made: "Ruff's cache", grade: 'certain' },
  { folder: '.tox', made: "tox's environments", grade: 'certain' },
  { folder: '.nox', made: "nox's environments", grade: 'certain' },
  {
    folder: '.venv',
    made: 'a Python environment',
    grade: 'certain',
    inside: /^(pyvenv\.cfg|lib\/|bin\/)/i,
  },
  {
    folder: 'venv',
    made: 'a Python environment',
    grade: 'certain',
    inside: /^pyvenv\.cfg$/,
  },
  { folder: '.eggs', made: 'Python eggs', grade: 'certain' },
  {
    folder: '.gradle',
    made: "Gradle's cache",
    grade: 'certain',
    inside: /\.(lock|bin|probe)$|\.properties$/,
  },
  {
    folder: '.next',
    made: 'Next.js output',
    grade: 'certain',
    inside: /^(server|static|cache)\/|BUILD_ID$/,
  },
  { folder: '.nuxt', made: 'Nuxt output', grade: 'certain' },
  { folder: '.svelte-kit', made: 'SvelteKit output', grade: 'certain' },
  { folder: '.parcel-cache', made: "Parcel's cache", grade: 'certain' },
  {
    folder: '.turbo',
    made: "Turborepo's cache",
    grade: 'certain',
    inside: /\.(log|tar\.zst)$|^cache\//,
  },
  { folder: '.nyc_output', made: 'coverage data', grade: 'certain' },
  { folder: '.sass-cache', made: "Sass's cache", grade: 'certain' },
  { folder: '.dart_tool', made: "Dart's cache", grade: 'certain' },
  { folder: '.stack-work', made: 'Stack output', grade: 'certain' },
  { folder: 'elm-stuff', made: 'Elm output', grade: 'certain' },
  {
    folder: '.terraform',
    made: 'Terraform providers',
    grade: 'certain',
    inside: /^(providers|modules|plugins)\//,
  },
  {
    folder: 'DerivedData',
    made: 'Xcode output',
    grade: 'certain',
    inside: /^(Build|Logs|ModuleCache|Index)/,
  },
  {
    folder: 'CMakeFiles',
    made: 'CMake output',
    grade: 'certain',
    inside:
      /^(cmake\.check_cache|CMakeOutput\.log|TargetDirectories\.txt|Makefile2?|[\w.-]+\.dir\/)/,
  },
  {
    folder: 'target',
    made: 'Cargo output',
    grade: 'certain',
    beside: ['Cargo.toml'],
    inside: /^(CACHEDIR\.TAG|\.rustc_info\.json|(debug|release)\/)/,
  },
  {
    folder: 'target',
    made: 'Maven or sbt output',
    grade: 'certain',
    beside: JVM,
    inside:
      /^(classes|test-classes|maven-status|maven-archiver|surefire-reports|generated-sources|streams|scala-[\d.]+)\/|\.(jar|war)$/,
  },
  {
    folder: 'build',
    made: 'Gradle output',
    grade: 'certain',
    beside: JVM,
    inside: /^(classes|tmp|libs|intermediates|generated|kotlin)\//,
  },
  {
    folder: 'build',
    made: 'CMake output',
    grade: 'certain',
    beside: ['CMakeLists.txt'],
    inside: /^(CMakeCache\.txt|CMakeFiles\/)/,
  },
  {
    folder: 'build',
    made: 'Python output',
    grade: 'certain',
    beside: PYTHON,
    inside: /^(lib|bdist\.[^/]+|temp\.[^/]+)\/.*\.(py|so|o)$/,
  },
  {
    folder: 'build',
    made: 'a bundle',
    grade: 'likely',
    beside: NODE,
    inside: /^(asset-manifest\.json|static\/(js|css)\/.*\.(js|css))$/,
  },
  {
    folder: 'out',
    made: 'Next.js or TypeScript output',
    grade: 'likely',
    beside: NODE,
    inside: /^_next\/|\.js\.map$/,
  },
  {
    folder: 'dist',
    made: 'Python packages',
    grade: 'certain',
    beside: PYTHON,
    inside: /\.(whl|egg|tar\.gz)$/,
  },
  {
    folder: 'dist',
    made: 'a bundle',
    grade: 'likely',
    beside: NODE,
    inside: BUNDLE,
    unless: ACTION,
  },
  {
    folder: '_build',
    made: 'Mix or Dune output',
    grade: 'certain',
    beside: ['mix.exs', 'dune-project'],
    inside: /^(dev|prod|test|default|log)(\/|$)/,
  },
  {
    folder: 'obj',
    made: 'MSBuild output',
    grade: 'certain',
    inside:
      /^(project\.assets\.json|.*\.nuget\.(g\.props|g\.targets|dgspec\.json)|(Debug|Release)\/)/,
  },
  {
    folder: 'bin',
    made: 'MSBuild output',
    grade: 'certain',
    inside: /^(Debug|Release)\/.*\.(dll|pdb|exe)$/,
  },
  {
    folder: 'coverage',
    made: 'a coverage report',
    grade: 'certain',
    inside: /^(lcov\.info|lcov-report\/|coverage-final\.json|clover\.xml)/,
  },
  { folder: 'htmlcov', made: 'a coverage report', grade: 'certain' },
];

/** Files that tools write, by the end of their names. */
export const FILE_ENDINGS: ReadonlyMap<string, string> = new Map([
  ['.pyc', 'Python bytecode'],
  ['.pyo', 'Python bytecode'],
  ['.class', 'Java bytecode'],
  ['.o', 'object files'],
  ['.beam', 'Erlang bytecode'],
  ['.tsbuildinfo', "TypeScript's build state"],
  ['.gcda', 'coverage data'],
  ['.gcno', 'coverage data'],
]);

/** Files that tools leave behind, by their whole names. */
export const FILE_NAMES: ReadonlyMap<string, string> = new Map([
  ['.DS_Store', 'Finder settings'],
  ['Thumbs.db', 'Windows thumbnails'],
  ['desktop.ini', 'Windows folder settings'],
  ['.coverage', 'coverage data'],
  ['npm-debug.log', 'a log of npm'],
  ['yarn-error.log', 'a log of Yarn'],
]);
