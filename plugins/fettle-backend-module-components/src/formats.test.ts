import {
  runScan,
  scannerContract,
} from 'backstage-plugin-fettle-node/testUtils';
import { componentsScanner } from './componentsScanner';
import { FORMATS } from './formats';
import { SAMPLES } from './testing/samples';

describe.each(Object.entries(SAMPLES))('%s', (path, text) => {
  scannerContract(componentsScanner, { path, text });

  it.each([
    ['lines without end', '\n'.repeat(300_000)],
    ['spaces without end', `${text}${' '.repeat(300_000)}x`],
    ['one opening after the other', '{"a":'.repeat(50_000)],
    ['brackets', '['.repeat(100_000)],
    ['tags', '<a>'.repeat(50_000)],
    ['quotes', '"'.repeat(100_000)],
    [
      'indentation',
      Array.from({ length: 1_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    ],
    ['the same again and again', `${text}\n`.repeat(2_000)],
    ['other values', text.replace(/"[^"]*"(?=[,}\]\s]|$)/g, '[{}]')],
  ])('answers to %s', async (_, hostile) => {
    const { components = [], problems = [] } = await runScan(
      componentsScanner,
      { [path]: hostile },
    );
    for (const one of components) {
      expect(one).toMatchObject({ path, purl: expect.stringMatching(/^pkg:/) });
    }
    // What cannot be read is told once, and not in hundreds of words.
    expect(problems.length).toBeLessThanOrEqual(1);
    for (const { message } of problems) {
      expect(message.length).toBeLessThan(400);
    }
  });
});

it('has a sample of each format', () => {
  const missing = FORMATS.filter(
    format =>
      !Object.keys(SAMPLES).some(path =>
        format.matches(path.split('/').at(-1)!, path),
      ),
  );
  expect(missing).toEqual([]);
});
