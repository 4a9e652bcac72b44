import type { Reason } from 'backstage-plugin-fettle-common';
import { historyId } from '../scan/historyId';
import type { Gap } from './Gap';
import { matchedKinds, type KnownScanner, type Portal } from './Portal';
import type { Subject } from './subject/Subject';

/** What scanners did not see: where they did not scan, where they failed, and files that they could not read. */
export function gapsOfScans(
  input: 'findings' | 'components',
  /** Of the findings that are asked about; null for all. */
  kinds: readonly string[] | null,
  { name, scans }: Subject,
  { scanners }: Portal,
): Gap[] {
  if (scanners.length === 0) {
    return [
      {
        ...{ input, code: 'no-scanner' },
        message: `Nothing scans ${name}: this portal has no scanner.`,
        action: 'Add a module that scans to the backend.',
      },
    ];
  }
  return scanners.flatMap((scanner): Gap[] => {
    const { id, title } = scanner;
    const scan = scans.find(({ scannerId }) => scannerId === id);
    if (!scan) {
      return [
        {
          ...{ input, code: 'not-scanned' },
          message: `${title} did not scan ${name} yet.`,
          action: 'It is scanned after its next reading, by itself.',
        },
      ];
    }
    const history = scans.find(({ scannerId }) => scannerId === historyId(id));
    const failed = [scan, history].find(one => one?.state === 'failed');
    if (failed) {
      const what = failed === history ? historyId(title) : title;
      return [scanFailed(input, { name, what, reason: failed.reason })];
    }
    return scan.state === 'partial' && sees(scanner, input, kinds)
      ? [scanPartial(input, { name, what: title, problems: scan.problems })]
      : [];
  });
}

/** Only of detectors that see something of the repository there is a row. */
export function gapsOfDetectors(
  kinds: readonly string[] | null,
  { name, scans }: Subject,
  { detectors }: Portal,
): Gap[] {
  if (kinds && !kinds.includes('threat')) return [];
  return detectors.flatMap(({ id, title }) =>
    scans
      .filter(({ scannerId, state }) => scannerId === id && state === 'failed')
      .map(({ reason }) =>
        scanFailed('findings', { name, what: title, reason }),
      ),
  );
}

function scanFailed(
  input: Gap['input'],
  { name, what, reason }: { name: string; what: string; reason: Reason | null },
): Gap {
  return {
    ...{ input, code: 'scan-failed' },
    message: `The last scan of ${name} by ${what} failed: ${
      reason?.message ?? 'no reason was kept.'
    }`,
    action: reason?.action ?? 'The scan is tried again by itself.',
  };
}

/** Whether files that a scanner could not read may hold what is asked about. One that finds nothing itself gives the components that are matched. */
function sees(
  { finds }: KnownScanner,
  input: 'findings' | 'components',
  kinds: readonly string[] | null,
): boolean {
  if (finds === null) return true;
  if (finds.length === 0) {
    return input === 'components' || matchedKinds(kinds).length > 0;
  }
  return (
    input === 'findings' &&
    (kinds === null || finds.some(kind => kinds.includes(kind)))
  );
}

function scanPartial(
  input: Gap['input'],
  {
    name,
    what,
    problems: [first, ...others],
  }: { name: string; what: string } & Pick<
    Subject['scans'][number],
    'problems'
  >,
): Gap {
  const file = first?.path ? `${first.path}: ` : '';
  const more = others.length > 0 ? ` There are ${others.length} more.` : '';
  return {
    ...{ input, code: 'scan-partial' },
    message: `${what} could not read all of ${name}.${
      first ? ` ${file}${first.message}${more}` : ''
    }`,
    action: first?.action ?? 'See its Security tab for what could not be read.',
  };
}
