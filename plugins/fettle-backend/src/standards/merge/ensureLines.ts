import type { MergeStrategy } from './MergeStrategy';

/** Lines that are missing are added at the end; spaces at the end of a line do not count. */
export const ensureLines: MergeStrategy = {
  id: 'ensure-lines',
  merge({ current, wanted }) {
    const lines = (current ?? '').split('\n').map(line => line.trimEnd());
    const known = new Set(lines);
    const missing = wanted.split('\n').filter(line => {
      const text = line.trimEnd();
      if (text === '' || known.has(text)) return false;
      known.add(text);
      return true;
    });
    if (missing.length === 0) return { content: current ?? '' };
    const before =
      current && !current.endsWith('\n') ? `${current}\n` : current;
    return { content: `${before ?? ''}${missing.join('\n')}\n` };
  },
};
