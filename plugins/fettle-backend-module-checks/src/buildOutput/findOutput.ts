import type { TreeEntry } from 'backstage-plugin-fettle-node';
import { baseName, folderOf, foldersUp, joined } from '../paths/baseName';
import {
  FILE_ENDINGS,
  FILE_NAMES,
  FOLDER_RULES,
  type FolderRule,
  type OutputGrade,
} from './outputRules';

/** Build output in one folder. */
export interface FoundOutput {
  /** The folder that tools wrote, or the folder of the files; `''` is the root. */
  folder: string;
  made: string;
  grade: OutputGrade;
  files: number;
  bytes: number;
  /** The first file. */
  sample: string;
}

interface Candidate extends FoundOutput {
  rule?: FolderRule;
  /** Whether a file inside gave it away. */
  signed: boolean;
}

const EGG_INFO: FolderRule = {
  folder: '*.egg-info',
  made: 'Python package metadata',
  grade: 'certain',
  inside: /^(PKG-INFO|SOURCES\.txt)$/,
};
const BY_FOLDER = new Map<string, FolderRule[]>();
for (const rule of FOLDER_RULES) {
  BY_FOLDER.set(rule.folder, [...(BY_FOLDER.get(rule.folder) ?? []), rule]);
}
const MARKERS = new Set(
  FOLDER_RULES.flatMap(rule => [
    ...(rule.beside ?? []),
    ...(rule.unless ?? []),
  ]),
);

/**
 * Build output among the files of a tree, by folder. Goes over the entries once
 * and looks at the parts of each folder once.
 */
export function findOutput(entries: readonly TreeEntry[]): FoundOutput[] {
  const markers = new Set<string>();
  const candidates = new Map<string, Candidate>();
  const byFolder = new Map<string, Candidate[]>();
  for (const { path, size, type } of entries) {
    if (type === 'submodule') continue;
    const name = baseName(path);
    const folder = folderOf(path);
    if (MARKERS.has(name)) markers.add(path);
    let here = byFolder.get(folder);
    if (!here) byFolder.set(folder, (here = foldersOf(folder, candidates)));
    for (const candidate of here) {
      add(candidate, path, size);
      candidate.signed ||=
        candidate.rule?.inside?.test(path.slice(candidate.folder.length + 1)) ??
        true;
    }
    const file = madeFile(name);
    if (file) add(candidateOf(candidates, { folder, ...file }), path, size);
  }
  const sure = [...candidates.values()].filter(
    candidate => candidate.signed && isConfirmed(candidate, markers),
  );
  const written = new Set(sure.filter(c => c.rule).map(c => c.folder));
  return sure
    .filter(({ folder, rule }) =>
      foldersUp(folder).every(
        above => !written.has(above) || (above === folder && rule),
      ),
    )
    .map(({ rule, signed, ...output }) => output);
}

/** The folders above a file that rules name. */
function foldersOf(folder: string, candidates: Map<string, Candidate>) {
  const here: Candidate[] = [];
  let at = '';
  for (const part of folder.split('/')) {
    at = joined(at, part);
    const rules = part.endsWith('.egg-info') ? [EGG_INFO] : BY_FOLDER.get(part);
    for (const rule of rules ?? []) {
      const { made, grade } = rule;
      here.push(candidateOf(candidates, { folder: at, made, grade, rule }));
    }
  }
  return here;
}

function candidateOf(
  candidates: Map<string, Candidate>,
  what: Pick<Candidate, 'folder' | 'made' | 'grade' | 'rule'>,
): Candidate {
  const id = `${what.folder}\0${what.made}`;
  const known = candidates.get(id);
  if (known) return known;
  const signed = what.rule === undefined;
  const candidate = { ...what, files: 0, bytes: 0, sample: '', signed };
  candidates.set(id, candidate);
  return candidate;
}

function add(candidate: Candidate, path: string, size: number) {
  if (candidate.files === 0) candidate.sample = path;
  candidate.files += 1;
  candidate.bytes += size;
}

function isConfirmed({ folder, rule }: Candidate, markers: Set<string>) {
  const parent = folderOf(folder);
  const beside = (name: string) => markers.has(joined(parent, name));
  if (rule?.beside && !rule.beside.some(beside)) return false;
  return !rule?.unless?.some(name =>
    foldersUp(parent).some(above => markers.has(joined(above, name))),
  );
}

function madeFile(
  name: string,
): { made: string; grade: OutputGrade } | undefined {
  const dot = name.lastIndexOf('.');
  if (dot < 0) return undefined;
  const output = dot > 0 && FILE_ENDINGS.get(name.slice(dot));
  if (output) return { made: output, grade: 'certain' };
  const leftover = FILE_NAMES.get(name);
  return leftover ? { made: leftover, grade: 'leftover' } : undefined;
}
