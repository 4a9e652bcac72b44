import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const guide = readFileSync(
  join(__dirname, '../../../docs/extending/step.md'),
  'utf8',
);
const blocks = [...guide.matchAll(/```ts\n\/\/ (steps\/\S+)\n([^]*?)```/g)];

it.each(blocks.map(([, path, text]) => [path, text]))(
  'the guide to steps shows %s as it is compiled and tested',
  (path, text) => {
    expect(readFileSync(join(__dirname, 'testing', path), 'utf8')).toBe(text);
  },
);

it('shows a step and its test', () => {
  expect(blocks).toHaveLength(2);
});
