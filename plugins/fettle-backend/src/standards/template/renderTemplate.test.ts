import {
  MissingVariableError,
  renderTemplate,
  whyNoTemplate,
} from './renderTemplate';

const values = {
  entity: { name: 'ledger', owner: null, tags: ['go', 'api'] },
  parameters: { html: '<b> & "c"' },
};

describe('templates of standards', () => {
  it.each([
    ['name: <% entity.name %>\n', 'name: ledger\n'],
    [
      'run: ${{ secrets.A }} [[ -n "$a" ]]',
      'run: ${{ secrets.A }} [[ -n "$a" ]]',
    ],
    ['<%# entity.tags %>- <% . %>\n<%/ entity.tags %>', '- go\n- api\n'],
    ['<%^ entity.owner %>nobody<%/ entity.owner %>', 'nobody'],
    ['<% parameters.html %>', '<b> & "c"'],
  ])('renders %j', (template, rendered) => {
    expect(renderTemplate(template, values)).toBe(rendered);
  });

  it.each(['entity.owner', 'entity.nothing', 'entity.constructor', 'toString'])(
    'does not make up %s',
    name => {
      expect(() => renderTemplate(`<% ${name} %>`, values)).toThrow(
        new MissingVariableError(name),
      );
    },
  );

  it('says what is wrong with a template', () => {
    expect(whyNoTemplate('<%# a %>')).toMatch(/Unclosed section "a"/);
    expect(whyNoTemplate('<%> other %>')).toMatch(/another template/);
    expect(whyNoTemplate('{{# a }} <% b %>')).toBeUndefined();
  });

  it('does not grow without bound', () => {
    const many = { a: Array.from({ length: 2000 }, () => 'x'.repeat(1000)) };
    expect(() => renderTemplate('<%# a %><% . %><%/ a %>', many)).toThrow(
      'more than',
    );
  });
});
