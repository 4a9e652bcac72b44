/** One instruction, continued lines joined, with the line on which it starts. */
export interface Instruction {
  name: string;
  value: string;
  line: number;
}

/** Instructions of a Dockerfile: https://docs.docker.com/reference/dockerfile/#format */
export function readDockerfile(text: string): Instruction[] {
  const found: Instruction[] = [];
  let current: Instruction | undefined;
  text.split(/\r?\n/).forEach((raw, index) => {
    if (/^\s*#/.test(raw)) return;
    const more = /\\\s*$/.test(raw);
    const part = raw.replace(/\\\s*$/, '').trim();
    if (current) current.value += `\n${part}`;
    else {
      const [, name, value = ''] = /^([A-Za-z]+)(?:\s+(.*))?$/.exec(part) ?? [];
      if (!name) return;
      current = { name: name.toUpperCase(), value, line: index + 1 };
    }
    if (!more) {
      found.push(current);
      current = undefined;
    }
  });
  if (current) found.push(current);
  return found;
}
