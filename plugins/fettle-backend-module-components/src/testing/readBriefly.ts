import type { ComponentReport } from 'backstage-plugin-fettle-node';
import { runScan } from 'backstage-plugin-fettle-node/testUtils';
import { componentsScanner } from '../componentsScanner';

/** `name@version`, where `!` is direct, `~` is not, and `?` is not told; `(what is asked for)`, what for, and by whom. */
function brief(one: ComponentReport): string {
  const { name, version, requirement, direct, scope, chain = [] } = one;
  const how = direct === null ? '?' : { true: '!', false: '~' }[`${direct}`];
  const asked = requirement === undefined ? '' : ` (${requirement})`;
  const way = chain.length > 0 ? ` <- ${chain.join(' ')}` : '';
  return `${how}${name}@${version ?? ''}${asked} ${scope}${way}`;
}

/** What is in these files, of which all must be readable. */
export async function readBriefly(
  files: Readonly<Record<string, string>>,
): Promise<string[]> {
  const { components = [], problems } = await runScan(componentsScanner, files);
  expect(problems).toEqual([]);
  return components.map(brief).sort();
}

/** What is said of one file that cannot be read; nothing is found in it. */
export async function problemOf(path: string, text: string): Promise<string> {
  const report = await runScan(componentsScanner, { [path]: text });
  expect(report.components).toEqual([]);
  expect(report.problems).toEqual([
    {
      path,
      message: expect.any(String),
      action: expect.stringMatching(/^[A-Z].*\.$/),
    },
  ]);
  return report.problems![0].message;
}
