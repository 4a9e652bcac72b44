import type { Severity } from 'backstage-plugin-fettle-common';

/** How grave SARIF calls a severity. */
export const SARIF_LEVELS: Readonly<
  Record<Severity, 'error' | 'warning' | 'note'>
> = {
  ...{ critical: 'error', high: 'error', medium: 'warning' },
  ...{ low: 'note', unknown: 'warning' },
};

/** A place in a repository as SARIF has it; nothing for what is in no file, or may not be seen. */
export function sarifLocations(
  path: string | null,
  line: number | null,
): object {
  if (path === null || path === '') return {};
  return {
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(path), uriBaseId: '%SRCROOT%' },
          ...(line !== null && line > 0 && { region: { startLine: line } }),
        },
      },
    ],
  };
}
