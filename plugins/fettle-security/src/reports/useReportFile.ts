import { REPORT_MAX_BYTES } from 'backstage-plugin-fettle-common';
import { useRef, useState } from 'react';
import { describeReport, type DescribedReport } from './describeReport';

/** A file that was chosen, as far as it was read. */
export type ReportFile =
  | { file: File; state: 'reading' | 'tooLarge' | 'unreadable' }
  | { file: File; state: 'read'; text: string; described: DescribedReport };

/** Reads a file and tells what it is. The one that was chosen last counts. */
export function useReportFile() {
  const [chosen, setChosen] = useState<ReportFile>();
  const last = useRef<File>();
  const choose = (file: File) => {
    last.current = file;
    if (file.size > REPORT_MAX_BYTES) {
      setChosen({ file, state: 'tooLarge' });
      return;
    }
    setChosen({ file, state: 'reading' });
    readText(file).then(
      text => {
        if (last.current !== file) return;
        const described = describeReport(text);
        setChosen({ file, state: 'read', text, described });
      },
      () => {
        if (last.current === file) setChosen({ file, state: 'unreadable' });
      },
    );
  };
  const forget = () => {
    last.current = undefined;
    setChosen(undefined);
  };
  return { chosen, choose, forget };
}

function readText(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsText(file);
  });
}
