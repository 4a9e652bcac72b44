/**
 * Takes user names, passwords and authorization headers out of what git wrote.
 * Git knows the credentials that it was given, and some versions repeat them
 * when a server refuses.
 */
export function redactSecrets(text: string, secrets: readonly string[] = []) {
  let result = text
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@'"]+@/gi, '$1')
    .replace(/(authorization:\s*)[^\r\n'"]+/gi, '$1[redacted]');
  for (const secret of secrets) {
    if (secret.length > 0) result = result.split(secret).join('[redacted]');
  }
  return result;
}
