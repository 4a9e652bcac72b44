import { stripVTControlCharacters } from 'node:util';

/**
 * Cuts a backend's output into lines and tells each line's level. A line without
 * one (a stack, a value over several lines) has that of the line before it;
 * what comes before any log line is an error that Node itself printed.
 *
 * @param {(line: string, level: string) => void} onLine
 * @returns {(chunk: Buffer) => void}
 */
export function logLevels(onLine) {
  let rest = '';
  let level = 'info';
  return chunk => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.map(stripVTControlCharacters)) {
      const entry = /^\d{4}-\d\d-\d\dT\S+ \S+ (\w+) /.exec(line);
      if (entry) {
        level = entry[1];
      } else if (/^\w*Error\b|^node:internal|^Uncaught/.test(line)) {
        level = 'error';
      } else if (/^Loading config from/.test(line)) {
        level = 'info';
      }
      onLine(line, level);
    }
  };
}
