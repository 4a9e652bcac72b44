import type { MergeStrategy as StrategyId } from 'backstage-plugin-fettle-common';
import { createOnly } from './createOnly';
import { ensureLines } from './ensureLines';
import { managedBlock } from './managedBlock';
import { mergeJson } from './mergeJson';
import { mergeToml } from './mergeToml';
import { mergeYaml } from './mergeYaml';
import type { MergeInput, MergeResult, MergeStrategy } from './MergeStrategy';
import { replace } from './replace';
import { threeWay } from './threeWay';

const STRATEGIES: readonly MergeStrategy[] = [
  replace,
  createOnly,
  ensureLines,
  managedBlock,
  mergeJson,
  mergeYaml,
  mergeToml,
  threeWay,
];

/** The file as it should be. Its line ends stay those that it has. */
export function mergeFile(id: StrategyId, input: MergeInput): MergeResult {
  const strategy = STRATEGIES.find(one => one.id === id);
  if (!strategy) throw new Error(`There is no strategy '${id}'.`);
  const { current, wanted, base } = input;
  const merged = strategy.merge({
    ...input,
    current: current === null ? null : plain(current),
    wanted: plain(wanted),
    base: base === null ? null : plain(base),
  });
  if ('conflict' in merged || merged.content === null) return merged;
  if (current !== null && merged.content === plain(current)) {
    return { content: current };
  }
  const hasCrlf = current !== null && /\r\n/.test(current);
  return {
    content: hasCrlf ? merged.content.replaceAll('\n', '\r\n') : merged.content,
  };
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
