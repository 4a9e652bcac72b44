import { runScan } from 'backstage-plugin-fettle-node/testUtils';
import { componentsScanner } from '../componentsScanner';
import { problemOf, readBriefly } from '../testing/readBriefly';

const MODULE = `// Deprecated: use another
module example.com/shop/v2

go 1.24.0

toolchain go1.24.3

require golang.org/x/net v0.38.0 // for HTTP/2

require (
	github.com/a/b/v3 v3.2.1+incompatible // indirect
	"example.com/quoted" v0.0.0-20240101000000-0123456789ab // indirect; for a reason
	example.com/ours v0.0.0
	example.com/old v1.0.0
	example.com/other v1.5.0
)

replace example.com/ours => ../ours

replace (
	example.com/old v1.0.0 => example.com/new v1.1.0
	example.com/other v1.4.0 => example.com/never v1.0.0
)

exclude golang.org/x/net v0.1.0

retract [v1.0.0, v1.1.0]

tool golang.org/x/tools/cmd/stringer
`;

it('reads what is required, with what replaces it', async () => {
  expect(await readBriefly({ 'go.mod': MODULE })).toEqual([
    '!example.com/new@1.1.0 (example.com/old v1.0.0) runtime',
    '!example.com/other@1.5.0 runtime',
    '!golang.org/x/net@0.38.0 runtime',
    '~example.com/quoted@0.0.0-20240101000000-0123456789ab runtime',
    '~github.com/a/b/v3@3.2.1+incompatible runtime',
  ]);
});

it('writes versions as advisories do, and addresses as Go does', async () => {
  const { components } = await runScan(componentsScanner, { 'go.mod': MODULE });
  expect(components![0]).toMatchObject({
    ...{ name: 'golang.org/x/net', version: '0.38.0', line: 8 },
    purl: 'pkg:golang/golang.org/x/net@v0.38.0',
  });
});

it('finds nothing in one that only keeps a folder out', async () => {
  expect(await readBriefly({ 'go.mod': '// nothing\n' })).toEqual([]);
});

it.each([
  ['module x\nrequire (\n\ta.example/b v1.0.0\n', /It ends in the middle/],
  ['module x\n\nhello world\n', /Line 3 is of no module file/],
])('says why it cannot read %j', async (text, said) => {
  expect(await problemOf('go.mod', text)).toMatch(said);
});
