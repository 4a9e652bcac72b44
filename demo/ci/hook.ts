import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where pushes wait for the CI. */
export function queueFolder(demoDir: string): string {
  return join(demoDir, 'ci', 'queue');
}

/**
 * Gives a bare repository a hook that leaves a note of each push for the CI,
 * whether it runs or not. It takes no more than a shell.
 */
export function installHook(demoDir: string, repository: string): void {
  const queue = queueFolder(demoDir);
  mkdirSync(queue, { recursive: true });
  mkdirSync(join(repository, 'hooks'), { recursive: true });
  writeFileSync(
    join(repository, 'hooks', 'post-receive'),
    `#!/bin/sh
# Leaves a note of each pushed branch for the demo's CI.
folder=$(pwd)
while read -r before after ref; do
  case $ref in refs/heads/*) ;; *) continue ;; esac
  note=$(date +%s)-$$-\${after}
  printf '%s\\n%s\\n%s\\n%s\\n' "$folder" "\${ref#refs/heads/}" "$after" "$before" >'${queue.replace(
    /'/g,
    `'\\''`,
  )}'/"$note.new" &&
    mv '${queue.replace(/'/g, `'\\''`)}'/"$note.new" '${queue.replace(
      /'/g,
      `'\\''`,
    )}'/"$note.push"
done
exit 0
`,
    { mode: 0o755 },
  );
}
