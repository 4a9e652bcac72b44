import { problemOf, readBriefly } from '../testing/readBriefly';

const LOCK = `GIT
  remote: https://github.com/example/hooks.git
  revision: 0123456789
  branch: main
  specs:
    hooks (0.4.0)
      rack

PATH
  remote: engines/shop
  specs:
    shop (0.1.0)
      money (~> 6.0)

GEM
  remote: https://rubygems.org/
  specs:
    mini_portile2 (2.8.5)
    money (6.16.0)
    nokogiri (1.16.2)
      mini_portile2 (~> 2.8.2)
    nokogiri (1.16.2-x86_64-linux)
    rack (2.2.3)
    rails (7.1.3)
      nokogiri (>= 1.8)
      rack (~> 2.0)

PLATFORMS
  ruby
  x86_64-linux

DEPENDENCIES
  hooks!
  rails (= 7.1.3)
  shop!

CHECKSUMS
  rack (2.2.3) sha256=0123

BUNDLED WITH
   2.5.6
`;

it('reads all sources, and leaves out what lies in the repository', async () => {
  expect(await readBriefly({ 'Gemfile.lock': LOCK })).toEqual([
    '!hooks@0.4.0 unknown',
    '!money@6.16.0 unknown',
    '!rails@7.1.3 (= 7.1.3) unknown',
    '~mini_portile2@2.8.5 unknown <- rails nokogiri',
    '~nokogiri@1.16.2 unknown <- rails',
    '~rack@2.2.3 unknown <- hooks',
  ]);
});

it.each([[LOCK.slice(0, 300)], ['nonsense']])(
  'says where one ends too early',
  async text => {
    expect(await problemOf('Gemfile.lock', text)).toMatch(
      /ends before its dependencies/,
    );
  },
);
