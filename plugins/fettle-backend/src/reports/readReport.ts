import { InputError } from '@backstage/errors';
import { cyclonedx } from './formats/cyclonedx';
import { sarif } from './formats/sarif';
import type { ReportFormat, ReportReading } from './ReportFormat';

const FORMATS: readonly ReportFormat[] = [sarif, cyclonedx];

/** Reads a report of another tool, in any of the forms that are known. `key`: see {@link ReportFormat}. */
export function readReport(
  text: string,
  options: { key: string },
): {
  format: string;
  title: string;
  /** One for each tool that the report is of. */
  readings: ReportReading[];
} {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new InputError(`The report is no JSON: ${error}`);
  }
  const format = FORMATS.find(one => one.matches(document));
  if (!format) {
    const titles = FORMATS.map(({ title }) => title).join(' or ');
    throw new InputError(`The report is in no form that is read: ${titles}.`);
  }
  const { id, title } = format;
  return { format: id, title, readings: format.read(document, options) };
}
