import type { RegistryKind } from '../RegistryKind';
import { registries } from '../registries';
import type { Answer } from './RegistryServer';

/** A package as each registry tells it, in the format that its documentation describes, cut to what counts. */
interface Sample {
  kind: RegistryKind;
  name: string;
  newest: string;
  publishedAt?: string;
  /** Withdrawn, deprecated or unfinished: never the newest. */
  others: string[];
  answers: Readonly<Record<string, Answer>>;
}

const kindOf = (id: string) => registries.find(kind => kind.id === id)!;

const line = (given: object) =>
  JSON.stringify({ name: 'ab', deps: [], ...given });

export const samples: readonly Sample[] = [
  {
    kind: kindOf('npm'),
    name: '@scope/thing',
    newest: '10.1.0',
    publishedAt: '2024-05-06T07:08:09.123Z',
    others: ['9.0.0', '11.0.0-rc.1', '99.0.0'],
    answers: {
      '@scope%2fthing': {
        name: '@scope/thing',
        'dist-tags': { latest: '10.1.0', next: '11.0.0-rc.1' },
        versions: {
          '9.0.0': { name: '@scope/thing', version: '9.0.0' },
          '10.1.0': { name: '@scope/thing', deprecated: '' },
          '11.0.0-rc.1': { name: '@scope/thing' },
          '99.0.0': { name: '@scope/thing', deprecated: 'by mistake' },
        },
        time: {
          created: '2020-01-01T00:00:00.000Z',
          modified: '2024-05-06T07:08:10.000Z',
          '9.0.0': '2020-01-01T00:00:00.000Z',
          '10.1.0': '2024-05-06T07:08:09.123Z',
        },
      },
    },
  },
  {
    kind: kindOf('pypi'),
    name: 'Some_Thing',
    newest: '1.10',
    publishedAt: '2024-05-06T07:08:09.123Z',
    others: ['1.9', '2.0a1', '1.11'],
    answers: {
      'pypi/some-thing/json': {
        info: { name: 'some-thing', version: '1.10' },
        releases: {
          '1.9': [{ upload_time_iso_8601: '2020-01-01T00:00:00.000000Z' }],
          '1.10': [
            {
              upload_time_iso_8601: '2024-05-07T00:00:00.000000Z',
              yanked: true,
            },
            {
              upload_time_iso_8601: '2024-05-06T07:08:09.123456Z',
              yanked: false,
            },
          ],
          '1.11': [{ upload_time_iso_8601: null, yanked: true }],
          '1.12': [],
          '2.0a1': [{ yanked: false, yanked_reason: null }],
        },
      },
    },
  },
  {
    kind: kindOf('crates'),
    name: 'Serde',
    newest: '1.10.0',
    publishedAt: '2024-05-06T07:08:09.000Z',
    others: ['1.9.0', '1.11.0', '2.0.0-alpha.1'],
    answers: {
      'se/rd/serde': [
        line({ vers: '1.9.0', yanked: false }),
        line({
          vers: '1.10.0',
          yanked: false,
          pubtime: '2024-05-06T07:08:09Z',
        }),
        line({ vers: '1.11.0', yanked: true }),
        line({ vers: '2.0.0-alpha.1', yanked: false, v: 2 }),
        '',
      ].join('\n'),
    },
  },
  {
    kind: kindOf('go'),
    name: 'example.com/Acme/thing/v2',
    newest: '2.10.0',
    publishedAt: '2024-05-06T05:08:09.000Z',
    others: ['2.9.1', '2.11.0-rc1'],
    answers: {
      'example.com/!acme/thing/v2/@v/list': 'v2.9.1\nv2.10.0\nv2.11.0-rc1\n',
      'example.com/!acme/thing/v2/@v/v2.10.0.info': {
        Version: 'v2.10.0',
        Time: '2024-05-06T07:08:09+02:00',
      },
    },
  },
  {
    kind: kindOf('maven'),
    name: 'com.acme.shop:thing-core',
    newest: '1.10.0.Final',
    others: ['1.9.0', '2.0.0-SNAPSHOT', '2.0.0-M1'],
    answers: {
      'com/acme/shop/thing-core/maven-metadata.xml': `<?xml version="1.0" encoding="UTF-8"?>
<metadata>
  <groupId>com.acme.shop</groupId>
  <artifactId>thing-core</artifactId>
  <versioning>
    <latest>2.0.0-M1</latest>
    <release>2.0.0-M1</release>
    <versions>
      <version>1.9.0</version>
      <version>1.10.0.Final</version>
      <version>2.0.0-SNAPSHOT</version>
      <version>2.0.0-M1</version>
    </versions>
    <lastUpdated>20240506070809</lastUpdated>
  </versioning>
</metadata>`,
    },
  },
  {
    kind: kindOf('rubygems'),
    name: 'thing-core',
    newest: '1.10.0',
    publishedAt: '2024-05-06T07:08:09.123Z',
    others: ['1.9.0', '2.0.0.rc1'],
    answers: {
      'api/v1/versions/thing-core.json': [
        { number: '2.0.0.rc1', platform: 'ruby', prerelease: true },
        {
          ...{ number: '1.10.0', platform: 'java' },
          created_at: '2024-05-06T07:08:09.123Z',
        },
        { number: '1.10.0', created_at: '2024-05-06T07:09:00.000Z' },
        { number: '1.9.0', created_at: '2020-01-01T00:00:00.000Z' },
      ],
    },
  },
  {
    kind: kindOf('packagist'),
    name: 'Acme/Thing',
    newest: 'v1.10.0',
    publishedAt: '2024-05-06T07:08:09.000Z',
    others: ['v1.9.0', 'v2.0.0-RC1'],
    answers: {
      'p2/acme/thing.json': {
        minified: 'composer/2.0',
        packages: {
          'acme/thing': [
            { name: 'acme/thing', version: 'v2.0.0-RC1', abandoned: true },
            {
              ...{ version: 'v1.10.0', abandoned: '__unset' },
              time: '2024-05-06T07:08:09+00:00',
            },
            { version: 'v1.9.0', time: '2020-01-01T00:00:00+00:00' },
          ],
        },
      },
    },
  },
  {
    kind: kindOf('nuget'),
    name: 'Acme.Thing',
    newest: '1.10.0',
    publishedAt: '2024-05-06T07:08:09.123Z',
    others: ['1.9.0', '1.11.0', '2.0.0-beta.1'],
    answers: {
      'acme.thing/index.json': {
        count: 1,
        items: [
          {
            '@id': 'https://api.example.com/acme.thing/index.json#page/1.9.0',
            items: [
              { catalogEntry: { version: '1.9.0' } },
              {
                catalogEntry: {
                  ...{ version: '1.10.0', listed: true },
                  published: '2024-05-06T07:08:09.123+00:00',
                },
              },
              {
                catalogEntry: {
                  ...{ version: '1.11.0', listed: false },
                  published: '1900-01-01T00:00:00+00:00',
                },
              },
              { catalogEntry: { version: '2.0.0-beta.1' } },
            ],
          },
        ],
      },
    },
  },
  {
    kind: kindOf('pub'),
    name: 'thing_core',
    newest: '1.10.0',
    publishedAt: '2024-05-06T07:08:09.123Z',
    others: ['1.9.0', '1.11.0', '2.0.0-dev.1'],
    answers: {
      'api/packages/thing_core': {
        name: 'thing_core',
        latest: { version: '1.10.0' },
        versions: [
          { version: '1.9.0' },
          { version: '1.10.0', published: '2024-05-06T07:08:09.123456Z' },
          { version: '1.11.0', retracted: true },
          { version: '2.0.0-dev.1' },
        ],
      },
    },
  },
  {
    kind: kindOf('hex'),
    name: 'thing_core',
    newest: '1.10.0',
    publishedAt: '2024-05-06T07:08:09.123Z',
    others: ['1.9.0', '1.11.0', '2.0.0-rc.0'],
    answers: {
      'api/packages/thing_core': {
        name: 'thing_core',
        releases: [
          { version: '2.0.0-rc.0' },
          { version: '1.11.0', inserted_at: '2024-06-01T00:00:00.000000Z' },
          { version: '1.10.0', inserted_at: '2024-05-06T07:08:09.123456Z' },
          { version: '1.9.0', inserted_at: '2020-01-01T00:00:00.000000Z' },
        ],
        retirements: { '1.11.0': { reason: 'invalid', message: null } },
      },
    },
  },
];
