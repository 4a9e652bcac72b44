import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { PlaybookStep } from 'backstage-plugin-fettle-node';
import * as testUtils from 'backstage-plugin-fettle-node/testUtils';
import * as typescript from 'typescript';
import * as zod from 'zod';

/** The blocks of the guide that are files, compiled, by their paths. */
const guide = readFileSync(
  join(__dirname, '../../../docs/extending/step.md'),
  'utf8',
);
const sources = new Map(
  [...guide.matchAll(/```ts\n\/\/ (steps\/\S+)\n([^]*?)```/g)].map(
    ([, path, text]) => [path, text] as const,
  ),
);

function load(path: string, globals: object): { [name: string]: unknown } {
  const { outputText } = typescript.transpileModule(sources.get(path)!, {
    compilerOptions: { module: typescript.ModuleKind.CommonJS },
  });
  const module = { exports: {} as { [name: string]: unknown } };
  const modules: Record<string, unknown> = {
    'backstage-plugin-fettle-node/testUtils': testUtils,
    zod,
    ...globals,
  };
  const resolve = (id: string) => modules[id] ?? createRequire(__filename)(id);
  // eslint-disable-next-line no-new-func
  new Function('module', 'exports', 'require', outputText)(
    ...[module, module.exports, resolve],
  );
  return module.exports;
}

describe('the example of docs/extending/step.md', () => {
  const step = load('steps/addEditorconfig.ts', {});
  load('steps/addEditorconfig.test.ts', { './addEditorconfig': step });

  it('is a step', async () => {
    const { addEditorconfig } = step as { addEditorconfig: PlaybookStep };
    const { files } = await addEditorconfig.plan(
      testUtils.planContext({ indent: 4 }, { a: 'b' }),
    );
    expect(files![0].content).toMatch(/indent_size = 4/);
  });
});
