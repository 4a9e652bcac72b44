import { SourceError } from 'backstage-plugin-fettle-node';
import type { Credentials } from '../config/StepsConfig';
import { ask, refused } from '../outside/ask';
import { readBody } from '../outside/readBody';

const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const TIMEOUT_MS = 15_000;

/** Where an image is: `name` as its registry calls it. */
export interface ImageName {
  registry: string;
  name: string;
  tag: string;
}

/** Undefined where it is no name of an image: https://github.com/distribution/reference/blob/main/reference.go */
export function parseImage(text: string): ImageName | undefined {
  if (text.length > 500) return undefined;
  const [, host, path, tag = 'latest'] =
    /^(?:((?:[\w-]+\.)+[\w-]+(?::\d+)?|[\w-]+:\d+|localhost)\/)?([a-z0-9._/-]+)(?::(\w[\w.-]{0,127}))?$/.exec(
      text,
    ) ?? [];
  const isName = (part: string) => /^[a-z0-9]+([._-]+[a-z0-9]+)*$/.test(part);
  if (!path?.split('/').every(isName)) return undefined;
  const isHub = host === undefined || /^(index\.)?docker\.io$/.test(host);
  const registry = isHub ? 'docker.io' : host;
  return {
    registry,
    name: isHub && !path.includes('/') ? `library/${path}` : path,
    tag,
  };
}

/** Registries of images: https://github.com/opencontainers/distribution-spec/blob/main/spec.md */
export class ImageRegistry {
  constructor(private readonly registries: ReadonlyMap<string, Credentials>) {}

  knows({ registry }: ImageName): boolean {
    return this.registries.has(registry);
  }

  /**
   * The digest that a tag is at; undefined where the registry has no such image.
   *
   * @throws SourceError where it gives no answer
   */
  async digest(
    image: ImageName,
    { signal }: { signal: AbortSignal },
  ): Promise<string | undefined> {
    const credentials = this.registries.get(image.registry);
    if (!credentials) return undefined;
    const url = `${credentials.baseUrl}/v2/${image.name}/manifests/${image.tag}`;
    const about = `The registry ${image.registry}`;
    const head = (authorization?: string) =>
      ask(
        url,
        {
          method: 'HEAD',
          headers: {
            accept: MANIFESTS,
            ...(authorization ? { authorization } : {}),
          },
        },
        { timeoutMs: TIMEOUT_MS, signal, about },
      );
    let response = await head();
    if (response.status === 401) {
      const challenge = response.headers.get('www-authenticate') ?? '';
      response = await head(
        await this.#authorize(challenge, image, credentials, signal),
      );
    }
    if (response.status === 404) return undefined;
    if (!response.ok) throw refused(response.status, about);
    const digest = response.headers.get('docker-content-digest') ?? '';
    if (!DIGEST.test(digest)) {
      throw new SourceError(
        'corrupt',
        `${about} gave no digest for ${image.name}:${image.tag}.`,
        'Check that its address is that of a registry.',
      );
    }
    return digest;
  }

  /** https://distribution.github.io/distribution/spec/auth/token/ */
  async #authorize(
    challenge: string,
    image: ImageName,
    { baseUrl, username, token }: Credentials,
    signal: AbortSignal,
  ): Promise<string> {
    const basic = token
      ? `Basic ${Buffer.from(`${username ?? ''}:${token}`).toString('base64')}`
      : undefined;
    if (/^basic/i.test(challenge) && basic) return basic;
    const realm = /realm="([^"]+)"/.exec(challenge)?.[1];
    const service = /service="([^"]+)"/.exec(challenge)?.[1];
    const url = realm && URL.canParse(realm) ? new URL(realm) : undefined;
    const isOpen = baseUrl.startsWith('http:');
    if (!url || (url.protocol !== 'https:' && !isOpen)) {
      throw refused(401, `The registry ${image.registry}`);
    }
    url.searchParams.set('scope', `repository:${image.name}:pull`);
    if (service) url.searchParams.set('service', service);
    const about = `The registry ${image.registry}`;
    // Its own host, or one below the same domain: credentials go nowhere else.
    const isOurs =
      domainOf(url.hostname) === domainOf(new URL(baseUrl).hostname);
    const response = await ask(
      url.href,
      { headers: basic && isOurs ? { authorization: basic } : {} },
      { timeoutMs: TIMEOUT_MS, signal, about },
    );
    const text = await readBody(response, 256 * 1024, about);
    if (!response.ok) throw refused(response.status, about);
    let given: { token?: unknown; access_token?: unknown } = {};
    try {
      given = JSON.parse(text);
    } catch {
      // Told below.
    }
    const bearer = given.token ?? given.access_token;
    if (typeof bearer !== 'string' || !/^[\x21-\x7e]+$/.test(bearer)) {
      throw refused(401, about);
    }
    return `Bearer ${bearer}`;
  }
}

function domainOf(host: string): string {
  return /^[\d.]+$/.test(host) ? host : host.split('.').slice(-2).join('.');
}
