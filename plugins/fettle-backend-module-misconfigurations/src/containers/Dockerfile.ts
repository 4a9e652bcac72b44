/** One instruction, continued lines joined, with the line on which it starts. */
export interface Instruction {
  name: string;
  /** With the here-documents of a RUN. */
  value: string;
  line: number;
}

const HEREDOC = /(?:^|\s)\d*<<-?(["']?)([A-Za-z_]\w*)\1(?=\s|$)/g;
const TAKES_HEREDOCS = ['RUN', 'COPY', 'ADD'];

/** Instructions of a Dockerfile: https://docs.docker.com/reference/dockerfile/#format */
export function readDockerfile(text: string): Instruction[] {
  const found: Instruction[] = [];
  const more = /^\s*#\s*escape\s*=\s*`/i.test(text) ? /`\s*$/ : /\\\s*$/;
  let current: Instruction | undefined;
  /** Words that end the here-documents of the current instruction. */
  let awaited: string[] = [];
  text.split(/\r?\n/).forEach((raw, index) => {
    if (current && awaited.length > 0) {
      if (raw.trim() === awaited[0]) awaited.shift();
      else if (current.name === 'RUN') current.value += `\n${raw}`;
      if (awaited.length === 0) current = undefined;
      return;
    }
    if (/^\s*#/.test(raw)) return;
    const isContinued = more.test(raw);
    const part = raw.replace(more, '').trim();
    if (current) current.value += `\n${part}`;
    else {
      const [, name, value = ''] = /^([A-Za-z]+)(?:\s+(.*))?$/.exec(part) ?? [];
      if (!name) return;
      current = { name: name.toUpperCase(), value, line: index + 1 };
      found.push(current);
    }
    if (isContinued) return;
    awaited = TAKES_HEREDOCS.includes(current.name)
      ? [...current.value.matchAll(HEREDOC)].map(([, , word]) => word)
      : [];
    if (awaited.length === 0) current = undefined;
  });
  return found;
}

/** Variables with their values, as far as the file gives any; what it does not give stays. */
export function fillVariables(
  text: string,
  values: ReadonlyMap<string, string>,
): string {
  return text.replace(
    /\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g,
    (whole, braced, fallback, bare) =>
      values.get(braced ?? bare) ?? fallback ?? whole,
  );
}

/** The names and values of an ENV or ARG that gives any. */
export function readAssignments({
  value,
}: Instruction): { name: string; value: string }[] {
  return [
    ...value.matchAll(/([A-Za-z_]\w*)(?:=|\s+)("[^"]*"|'[^']*'|\S+)/g),
  ].map(([, name, given]) => ({
    name,
    value: given.replace(/^(["'])(.*)\1$/, '$2'),
  }));
}
