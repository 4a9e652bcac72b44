import { runScan } from 'backstage-plugin-fettle-node/testUtils';
import { componentsScanner } from '../componentsScanner';
import { problemOf, readBriefly } from '../testing/readBriefly';

const dependency = (artifact: string, more = '') =>
  `<dependency><groupId>org.x</groupId><artifactId>${artifact}</artifactId>${more}</dependency>`;
const PARENT = `<parent><groupId>org.x</groupId><artifactId>parent</artifactId><version>9</version></parent>`;
const POM = `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
<groupId>org.x</groupId><artifactId>parent</artifactId><version>9</version>
<properties><log.version>2.14.1</log.version><again>\${log.version}</again><mine>1</mine></properties>
<dependencyManagement><dependencies>
${dependency('managed', '<version>1.5</version>')}
${dependency('tested', '<version>4.12</version><scope>test</scope>')}
</dependencies></dependencyManagement>
<dependencies>${dependency('of-all', '<version>7</version>')}</dependencies>
</project>`;

it('reads properties, managed versions and parents in the repository', async () => {
  const child = `<project>${PARENT}<artifactId>app</artifactId>
<properties><mine>2</mine></properties>
<dependencies>
${dependency('log', '<version>${again}</version>')}
${dependency(
  'managed',
  '<exclusions><exclusion><groupId>a</groupId><artifactId>b</artifactId></exclusion></exclusions>',
)}
${dependency('tested')}
${dependency(
  'own',
  '<version>${project.version}</version><optional>true</optional>',
)}
${dependency('above', '<version>${project.parent.version}</version>')}
${dependency('overridden', '<version>${mine}</version>')}
${dependency('given', '<version>3</version><scope>provided</scope>')}
${dependency('elsewhere', '<version>${not.known}</version>')}
${dependency('ranged', '<version>[1.0,2.0)</version>')}
${dependency('unmanaged')}
</dependencies>
<profiles><profile><id>p</id><dependencies>${dependency(
    'sometimes',
    '<version>5</version>',
  )}</dependencies></profile></profiles>
<build><plugins><plugin><groupId>g</groupId><artifactId>plugin</artifactId><version>1</version></plugin></plugins></build>
</project>`;
  expect(await readBriefly({ 'pom.xml': POM, 'app/pom.xml': child })).toEqual([
    '!org.x:above@9 runtime',
    '!org.x:elsewhere@ (${not.known}) runtime',
    '!org.x:given@3 optional',
    '!org.x:log@2.14.1 runtime',
    '!org.x:managed@1.5 runtime',
    '!org.x:of-all@7 runtime',
    '!org.x:overridden@2 runtime',
    '!org.x:own@9 optional',
    '!org.x:ranged@ ([1.0,2.0)) runtime',
    '!org.x:sometimes@5 runtime',
    '!org.x:tested@4.12 development',
    '!org.x:unmanaged@ runtime',
  ]);
});

it.each([
  ['another project lies above', 'pom.xml', POM.replace('>parent<', '>other<')],
  ['the parent lies elsewhere', 'bom/pom.xml', POM],
])('does not take what is no parent where %s', async (_, path, pom) => {
  const child = `<project>${PARENT}<artifactId>app</artifactId><dependencies>${dependency(
    'managed',
  )}</dependencies></project>`;
  const found = await readBriefly({ [path]: pom, 'app/pom.xml': child });
  expect(found).toContain('!org.x:managed@ runtime');
});

it('follows the path to a parent, and ends where parents are their own', async () => {
  const child = `<project><parent><artifactId>parent</artifactId><relativePath>../bom</relativePath></parent><artifactId>parent</artifactId><dependencies>${dependency(
    'managed',
  )}</dependencies></project>`;
  expect(
    await readBriefly({ 'bom/pom.xml': POM, 'app/pom.xml': child }),
  ).toContain('!org.x:managed@1.5 runtime');
  const own = child.replace('../bom', '../app');
  expect(await readBriefly({ 'app/pom.xml': own })).toEqual([
    '!org.x:managed@ runtime',
  ]);
});

it('has an address and a line', async () => {
  const { components } = await runScan(componentsScanner, { 'pom.xml': POM });
  expect(components).toEqual([
    expect.objectContaining({ purl: 'pkg:maven/org.x/of-all@7', line: 9 }),
  ]);
});

it('expands no entities, and no properties without end', async () => {
  const text = `<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>
<project><properties><x>\${y}\${y}</x><y>\${x}\${x}</y></properties><dependencies>
${dependency('first', '<version>&b;</version>')}
${dependency('second', '<version>${x}</version>')}
</dependencies></project>`;
  const { components = [] } = await runScan(componentsScanner, {
    'pom.xml': text,
  });
  expect(components.map(({ version }) => version)).toEqual([null, null]);
  const [first, second] = components.map(({ requirement }) => requirement!);
  expect(first).toBe('&b;');
  expect(second.length).toBeLessThanOrEqual(300);
});

it.each([
  ['<project><dependencies>', /It is no XML, in line 1/],
  ['<settings/>', /It has no project/],
  [
    '<!DOCTYPE p [<!ENTITY c SYSTEM "file:///etc/passwd">]><project>&c;</project>',
    /external entities/,
  ],
  [`${'<a>'.repeat(2_000)}${'</a>'.repeat(2_000)}`, /nested too deep/],
])('says why it cannot read %.40s', async (text, said) => {
  expect(await problemOf('pom.xml', text)).toMatch(said);
});

it('reads the lockfiles of Gradle', async () => {
  const text = `# This is a Gradle generated file for dependency locking.
com.fasterxml.jackson.core:jackson-core:2.17.0=compileClasspath,runtimeClasspath,testCompileClasspath
org.junit.jupiter:junit-jupiter:5.10.2=testCompileClasspath,testRuntimeClasspath
empty=annotationProcessor
`;
  const files = {
    'app/gradle.lockfile': text,
    'buildscript-gradle.lockfile': 'org.g:plugin:1.0=classpath\n',
    'old/gradle/dependency-locks/compileClasspath.lockfile': 'org.o:l:1.1\n',
  };
  expect(await readBriefly(files)).toEqual([
    '?com.fasterxml.jackson.core:jackson-core@2.17.0 runtime',
    '?org.g:plugin@1.0 development',
    '?org.junit.jupiter:junit-jupiter@5.10.2 development',
    '?org.o:l@1.1 runtime',
  ]);
  const said = await problemOf('gradle.lockfile', 'a:b:1=c\nnonsense\n');
  expect(said).toMatch(/Line 2 locks nothing/);
});
