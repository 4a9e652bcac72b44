/** An image as a component: its registry is a part of its name, its tag or digest the version. */
export function readImage(
  image: string,
): { name: string; version: string | null; requirement?: string } | undefined {
  const at = image.indexOf('@');
  const digest = at === -1 ? undefined : image.slice(at + 1);
  const [, name, tag] =
    /^((?:[\w.-]+(?::\d+)?\/)?[\w./-]+?)(?::([\w][\w.-]*))?$/.exec(
      at === -1 ? image : image.slice(0, at),
    ) ?? [];
  if (!name) return undefined;
  return {
    name: name.replace(
      /^(?:index\.)?docker\.io\/(?:library\/)?|^library\//,
      '',
    ),
    version: digest ?? tag ?? null,
    requirement: digest ? tag : undefined,
  };
}
