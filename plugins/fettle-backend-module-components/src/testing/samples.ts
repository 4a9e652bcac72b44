/** One small file of each format, by its path. */
export const SAMPLES: Readonly<Record<string, string>> = {
  'package-lock.json':
    '{"lockfileVersion":3,"packages":{"":{"dependencies":{"left-pad":"1"}},"node_modules/left-pad":{"version":"1.3.0"}}}',
  'yarn.lock':
    '# yarn lockfile v1\n\nleft-pad@^1.0.0:\n  version "1.3.0"\n  dependencies:\n    other "1"\n\nother@1:\n  version "1.0.0"\n',
  'berry/yarn.lock':
    '__metadata:\n  version: 8\n\n"left-pad@npm:^1.0.0":\n  version: 1.3.0\n  resolution: "left-pad@npm:1.3.0"\n',
  'pnpm-lock.yaml':
    "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      left-pad: { specifier: ^1.0.0, version: 1.3.0 }\npackages:\n  left-pad@1.3.0: {}\nsnapshots:\n  left-pad@1.3.0: {}\n",
  'bun.lock':
    '{ "lockfileVersion": 1, "workspaces": { "": { "dependencies": { "left-pad": "1" } } }, "packages": { "left-pad": ["left-pad@1.3.0", "", {}, ""], } }',
  'web/package.json': '{"dependencies":{"left-pad":"^1.0.0"}}',
  'poetry.lock': '[[package]]\nname = "django"\nversion = "4.2.1"\n',
  'uv.lock':
    'version = 1\n[[package]]\nname = "django"\nversion = "4.2.1"\nsource = { registry = "https://pypi.org/simple" }\n',
  'pdm.lock':
    '[[package]]\nname = "django"\nversion = "4.2.1"\ngroups = ["default"]\n',
  'Pipfile.lock': '{"default":{"django":{"version":"==4.2.1"}},"develop":{}}',
  'requirements.txt': 'django==4.2.1\n',
  'python/pyproject.toml': '[project]\ndependencies = ["django>=4"]\n',
  'go.mod': 'module example.com/x\n\nrequire golang.org/x/net v0.38.0\n',
  'Cargo.lock':
    '[[package]]\nname = "serde"\nversion = "1.0.0"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\n',
  'rust/Cargo.toml': '[dependencies]\nserde = "1"\n',
  'Gemfile.lock': 'GEM\n  specs:\n    rack (2.2.3)\n\nDEPENDENCIES\n  rack\n',
  'composer.lock':
    '{"packages":[{"name":"monolog/monolog","version":"3.0.0"}]}',
  'php/composer.json': '{"require":{"monolog/monolog":"^3.0"}}',
  'pom.xml':
    '<project><dependencies><dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId><version>2.0.9</version></dependency></dependencies></project>',
  'gradle.lockfile': 'org.slf4j:slf4j-api:2.0.9=runtimeClasspath\n',
  'packages.lock.json':
    '{"version":1,"dependencies":{"net8.0":{"Serilog":{"type":"Direct","resolved":"3.1.1"}}}}',
  'src/App.csproj':
    '<Project><ItemGroup><PackageReference Include="Serilog" Version="3.1.1" /></ItemGroup></Project>',
  'pubspec.lock':
    'packages:\n  http:\n    dependency: "direct main"\n    source: hosted\n    version: "1.2.0"\n',
  'mix.lock':
    '%{\n  "jason": {:hex, :jason, "1.4.1", "abc", [:mix], [], "hexpm", "def"},\n}\n',
  'Package.resolved':
    '{"version":2,"pins":[{"location":"https://github.com/apple/swift-nio.git","state":{"version":"2.50.0"}}]}',
  '.github/workflows/ci.yml':
    'jobs:\n  x:\n    steps:\n      - uses: actions/checkout@v4\n',
  Dockerfile: 'FROM alpine:3.20\n',
};
