/** Where the process ends: right before it stores such a thing for the nth time. */
export interface Death {
  statement: `${'insert into' | 'update'} ${string}`;
  /** A column that is written, and with what; any where it is left out. */
  column?: string;
  value?: string | number;
  nth: number;
}

/** Kills the process, as `kill -9` does, at the statement that is its death. */
export function dieAt({ statement, column, value, nth }: Death) {
  let seen = 0;
  return (query: { sql: string; bindings?: readonly unknown[] }) => {
    const sql = query.sql.replace(/["`]/g, '');
    if (!sql.startsWith(`${statement} `)) return;
    if (column !== undefined) {
      // What is no plain value comes behind all that deaths are told by.
      const written = [...sql.matchAll(/(\w+) = \?/g)].map(([, name]) => name);
      const index = written.indexOf(column);
      if (index < 0) return;
      if (value !== undefined && query.bindings?.[index] !== value) return;
    }
    seen += 1;
    if (seen === nth) process.kill(process.pid, 'SIGKILL');
  };
}
