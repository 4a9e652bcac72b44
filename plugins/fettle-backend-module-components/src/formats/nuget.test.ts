import { problemOf, readBriefly } from '../testing/readBriefly';

it('reads packages.lock.json, whatever the case of names', async () => {
  const text = JSON.stringify({
    version: 2,
    dependencies: {
      'net8.0': {
        Serilog: {
          ...{ type: 'Direct', requested: '[3.1.1, )', resolved: '3.1.1' },
          dependencies: { 'system.text.json': '8.0.0' },
        },
        'System.Text.Json': { type: 'Transitive', resolved: '8.0.4' },
        'Shop.Core': { type: 'Project', dependencies: { Polly: '[8.0.0, )' } },
        Polly: { type: 'CentralTransitive', resolved: '8.3.0' },
      },
      'net8.0/win-x64': {
        'System.Text.Json': { type: 'Transitive', resolved: '8.0.4' },
      },
    },
  });
  expect(await readBriefly({ 'src/packages.lock.json': text })).toEqual([
    '!Polly@8.3.0 runtime',
    '!Serilog@3.1.1 ([3.1.1, )) runtime',
    '~System.Text.Json@8.0.4 runtime <- Serilog',
  ]);
});

it('reads projects, with versions that stand in one place', async () => {
  const files = {
    'Directory.Packages.props':
      '<Project><ItemGroup><PackageVersion Include="Central" Version="4.0.0" /></ItemGroup></Project>',
    'src/App/App.csproj': `<Project Sdk="Microsoft.NET.Sdk">
  <ItemGroup>
    <PackageReference Include="A" Version="1.0.0" />
    <PackageReference Include="B"><Version>[2.0.0]</Version></PackageReference>
    <PackageReference Include="C" Version="[1,2)" />
    <PackageReference Include="central" />
    <PackageReference Include="D" Version="$(DVersion)" />
    <PackageReference Include="Lint" Version="1.*" PrivateAssets="all" />
    <ProjectReference Include="../Core/Core.csproj" />
  </ItemGroup>
</Project>`,
    'src/Locked/Locked.fsproj':
      '<Project><ItemGroup><PackageReference Include="E" Version="1" /></ItemGroup></Project>',
    'src/Locked/packages.lock.json':
      '{"version":1,"dependencies":{"net8.0":{"E":{"type":"Direct","resolved":"1.0.0"}}}}',
    'old/packages.config':
      '<?xml version="1.0"?>\n<packages><package id="F" version="1.0.0" /><package id="G" version="2.0.0" developmentDependency="true" /></packages>',
  };
  expect(await readBriefly(files)).toEqual([
    '!A@1.0.0 (1.0.0) runtime',
    '!B@2.0.0 ([2.0.0]) runtime',
    '!C@ ([1,2)) runtime',
    '!D@ ($(DVersion)) runtime',
    '!E@1.0.0 runtime',
    '!F@1.0.0 (1.0.0) runtime',
    '!G@2.0.0 (2.0.0) development',
    '!Lint@ (1.*) development',
    '!central@4.0.0 (4.0.0) runtime',
  ]);
});

it('speaks for its own folder alone', async () => {
  const files = {
    'packages.lock.json': '{"version":1,"dependencies":{}}',
    'tests/T.csproj':
      '<Project><ItemGroup><PackageReference Include="T" Version="1.0.0" /></ItemGroup></Project>',
  };
  expect(await readBriefly(files)).toEqual(['!T@1.0.0 (1.0.0) runtime']);
});

it.each([
  ['packages.lock.json', '{}', /no dependencies/],
  ['a.csproj', '<Project><ItemGroup>', /It is no XML/],
  ['packages.config', '<configuration/>', /It holds no project/],
])('says why it cannot read %s', async (path, text, said) => {
  expect(await problemOf(path, text)).toMatch(said);
});
