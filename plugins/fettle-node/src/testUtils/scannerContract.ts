import { isAbsolute } from 'node:path';
import type { Scan, ScanFile, Scanner, ScanReport } from '../contracts/Scanner';

/**
 * Scans files with the scanner's own program, in this thread. Files that it
 * does not want are left out, as they are in a portal.
 *
 * @public
 */
export async function runScan(
  scanner: Scanner,
  files: Readonly<Record<string, string>>,
): Promise<ScanReport> {
  const { scan } = require(scanner.program) as { scan: Scan };
  const wanted = Object.entries(files)
    .map(([path, text]): ScanFile => ({ path, text, size: text.length }))
    .filter(({ path, size }) =>
      scanner.wants({ path, size, type: 'file', executable: false }),
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return scan({
    files: wanted,
    options: structuredClone(scanner.options),
    key: 'a key of the contract suite',
  });
}

/**
 * What every scanner must keep. Call it at the top of a test file with a
 * scanner and one file, named as it wants it, in which it finds something.
 *
 * @public
 */
export function scannerContract(
  scanner: Scanner,
  sample: { path: string; text: string },
): void {
  const at = (text: string) => runScan(scanner, { [sample.path]: text });

  describe('the scanner keeps the contract', () => {
    it('has an id, and a program that can be loaded', () => {
      expect(scanner.id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
      expect(scanner.version).toBeGreaterThan(0);
      expect(isAbsolute(scanner.program)).toBe(true);
      expect(require(scanner.program).scan).toBeInstanceOf(Function);
      expect(structuredClone(scanner.options)).toEqual(scanner.options);
    });

    it('finds what is in the sample, and the same each time', async () => {
      const report = await at(sample.text);
      const found = [...(report.components ?? []), ...(report.findings ?? [])];
      expect(found).not.toEqual([]);
      expect(found.map(({ path }) => path)).toContain(sample.path);
      const kinds = (report.findings ?? []).map(({ kind }) => kind);
      expect(scanner.finds ?? kinds).toEqual(expect.arrayContaining(kinds));
      expect(await at(sample.text)).toEqual(report);
      expect(structuredClone(report)).toEqual(report);
    });

    it('finds nothing where there is nothing', async () => {
      const { components = [], findings = [] } = await runScan(scanner, {});
      expect([...components, ...findings]).toEqual([]);
    });

    it.each<[string, (text: string) => string]>([
      ['nothing', () => ''],
      ['a half', text => text.slice(0, text.length / 2)],
      [
        'a merge that was not finished',
        text => `<<<<<<< ours\n${text}\n=======\n${text}\n>>>>>>> theirs\n`,
      ],
      ['nonsense', () => '\u0000\ufffd{{{[[["__proto__": \n\t- %%%'],
      ['an odd name', text => text.replace(/[a-z]{4,}/, '__proto__')],
      ['deep nesting', () => '{"a":['.repeat(50_000)],
      ['one long line', () => 'a'.repeat(1_000_000)],
    ])('answers to %s', async (_, change) => {
      const { problems = [] } = await at(change(sample.text));
      for (const { message, action } of problems) {
        expect(message).not.toBe('');
        expect(action).not.toBe('');
      }
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      expect(Object.prototype).not.toHaveProperty('version');
    });
  });
}
