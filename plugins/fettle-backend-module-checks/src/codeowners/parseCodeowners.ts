/** The host whose rules hold for a file; `any` where its place does not tell. */
export type CodeownersDialect = 'github' | 'gitlab' | 'gitea' | 'any';

/** What a CODEOWNERS file comes to. */
export interface ParsedCodeowners {
  /** Lines with a pattern. */
  rules: number;
  /** Rules that name an owner, themselves or by their section. */
  owned: number;
  sections: number;
  errors: { line: number; message: string }[];
}

const SECTION = /^\^?\[[^\]]+\](\[\d+\])?(\s+(.*))?$/;
const OWNER = /^@{1,3}[A-Za-z0-9](?:[A-Za-z0-9_.-]*)(?:\/[A-Za-z0-9_.-]+)*$/;
const EMAIL = /^[^\s@"<>]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

/**
 * Reads a CODEOWNERS file by the rules of GitHub, GitLab (sections, optional
 * sections, approvals, default owners) and Gitea (regular expressions, `!`).
 *
 * The libraries on npm match paths to owners and pass over what they cannot
 * read; what cannot be read is the question here.
 */
export function parseCodeowners(
  text: string,
  dialect: CodeownersDialect,
): ParsedCodeowners {
  const parsed: ParsedCodeowners = {
    rules: 0,
    owned: 0,
    sections: 0,
    errors: [],
  };
  let sectionOwned = false;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.replace(/^\uFEFF/, '').trim();
    if (line === '' || line.startsWith('#')) continue;
    const wrong = (message: string) =>
      parsed.errors.push({ line: index + 1, message });

    if (dialect !== 'github' && dialect !== 'gitea' && /^\^?\[/.test(line)) {
      const section = SECTION.exec(line);
      if (section) {
        const owners = words(section[3] ?? '');
        for (const problem of ownerProblems(owners)) wrong(problem);
        sectionOwned = owners.length > 0;
        parsed.sections += 1;
        continue;
      }
      if (dialect === 'gitlab' || !/^\[[^\]]+\]\S/.test(line)) {
        wrong(`'${short(line)}' opens a section that is not closed with ']'`);
        continue;
      }
    }

    const [pattern, ...owners] = words(line);
    const problem = patternProblem(pattern, dialect);
    const problems = [...(problem ? [problem] : []), ...ownerProblems(owners)];
    if (problems.length > 0) {
      problems.forEach(wrong);
      continue;
    }
    parsed.rules += 1;
    if (owners.length > 0 || sectionOwned) parsed.owned += 1;
  }
  return parsed;
}

/** Splits at white space that no backslash escapes, up to a comment. */
function words(line: string): string[] {
  const all = line.match(/(?:\\.|[^\s\\]|\\$)+/g) ?? [];
  const comment = all.findIndex((word, i) => i > 0 && word.startsWith('#'));
  return comment < 0 ? all : all.slice(0, comment);
}

function ownerProblems(owners: string[]): string[] {
  return owners
    .filter(owner => !OWNER.test(owner) && !EMAIL.test(owner))
    .map(owner => `'${short(owner)}' is not @user, @org/team or an address`);
}

function patternProblem(
  pattern: string,
  dialect: CodeownersDialect,
): string | undefined {
  if (dialect === 'github' && pattern.startsWith('!')) {
    return `'${short(
      pattern,
    )}' negates a pattern, which the host does not support`;
  }
  if (dialect === 'github' && /(^|[^\\])[[\]]/.test(pattern)) {
    return `'${short(
      pattern,
    )}' has a character range, which the host does not support`;
  }
  if (dialect !== 'gitea' && OWNER.test(pattern) && !pattern.includes('/')) {
    return `'${short(pattern)}' stands where a pattern is wanted`;
  }
  return undefined;
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
