import { planContext } from 'backstage-plugin-fettle-node/testUtils';
import { updateDependency } from '../../steps/updateDependency';
import { dependencyConfig } from '../../testing/dependencyConfig';
import { vulnerability } from '../../testing/problems';

/** What becomes of files whose versions are texts. */
async function plan(
  files: Record<string, string>,
  ...problems: ReturnType<typeof vulnerability>[]
) {
  const step = updateDependency(dependencyConfig({}));
  const result = await step.plan(
    planContext(step.parameters.parse({}), files, { problems }),
  );
  return { ...result, texts: result.files!.map(({ content }) => content) };
}

describe('pip', () => {
  it('raises what is pinned, and nothing else of the file', async () => {
    const text = `# ours\nDjango[bcrypt] == 4.2.0 ; python_version > "3"  # web\r\nother==1.0\ndjango-x==4.2.0\n-r more.txt\n`;
    const { texts, unmended } = await plan(
      { 'api/requirements.txt': text },
      vulnerability('PyPI', 'django', '4.2.1', {
        path: 'api/requirements.txt',
      }),
    );
    expect(texts).toEqual([text.replace('== 4.2.0', '== 4.2.1')]);
    expect(unmended).toEqual([]);
  });

  it('leaves what only its tool can write', async () => {
    const { texts, unmended } = await plan(
      { 'requirements.txt': 'a==1.0 \\\n    --hash=sha256:00\nb>=1.0\n' },
      ...[
        vulnerability('PyPI', 'a', '1.1'),
        vulnerability('PyPI', 'bb', '1.1'),
      ],
    );
    expect(texts).toEqual([]);
    expect(unmended).toMatchObject([
      { key: 'PyPI/a', reason: expect.stringMatching(/hashes/) },
      { key: 'PyPI/bb' },
    ]);
  });

  it('stays in the line of a version where a fix is in it', async () => {
    const { texts } = await plan(
      { 'requirements.txt': 'a==3.2.1\n' },
      vulnerability('PyPI', 'a', '', { fixedIn: ['2.9', '3.2.5', '4.0.1'] }),
    );
    expect(texts).toEqual(['a==3.2.5\n']);
  });
});

describe('maven', () => {
  const pom = (version: string, properties = '') => `<?xml version="1.0"?>
<project>
  <!-- <dependency><groupId>g</groupId><artifactId>a</artifactId><version>0</version></dependency> -->
  <properties>
    <java.version>21</java.version>${properties}
  </properties>
  <dependencies>
    <dependency>
      <groupId>g</groupId> <artifactId>a</artifactId>
      <exclusions><exclusion><groupId>x</groupId><artifactId>y</artifactId><version>9</version></exclusion></exclusions>
      ${version}
    </dependency>
  </dependencies>
</project>
`;
  const a = vulnerability('Maven', 'g:a', '1.5');

  it('raises a version, or the property that it is', async () => {
    const literal = await plan(
      { 'pom.xml': pom('<version> 1.0 </version>') },
      a,
    );
    expect(literal.texts).toEqual([pom('<version> 1.5 </version>')]);
    const [use, set] = ['<version>${a.version}</version>', '<a.version>'];
    const property = await plan(
      { 'pom.xml': pom(use, `${set}1.0</a.version>`) },
      a,
    );
    expect(property.texts).toEqual([pom(use, `${set}1.5</a.version>`)]);
  });

  it('says where the version is not there', async () => {
    const managed = await plan({ 'pom.xml': pom('') }, a);
    expect(managed.unmended).toMatchObject([
      { reason: expect.stringMatching(/leaves the version/) },
    ]);
    const unset = await plan({ 'pom.xml': pom('<version>${b}</version>') }, a);
    expect(unset.unmended).toMatchObject([
      { reason: expect.stringMatching(/property/) },
    ]);
  });
});

it('runs no Gemfile', async () => {
  const { unmended, texts } = await plan(
    { Gemfile: 'system "touch /tmp/x"\n', 'Gemfile.lock': 'GEM\n' },
    vulnerability('RubyGems', 'rails', '7.0.1'),
  );
  expect(texts).toEqual([]);
  expect(unmended).toMatchObject([
    { reason: expect.stringMatching(/is a program/) },
  ]);
});
