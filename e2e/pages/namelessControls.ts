import type { Page } from '@playwright/test';

const CONTROLS = new Set([
  'button',
  'checkbox',
  'combobox',
  'link',
  'menuitem',
  'menuitemcheckbox',
  'menuitemradio',
  'radio',
  'searchbox',
  'slider',
  'switch',
  'tab',
  'textbox',
]);

/** What a screen reader would announce as a control without saying which. */
export async function namelessControls(page: Page): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = await devtools.send('Accessibility.getFullAXTree');
  await devtools.detach();
  return nodes
    .filter(
      ({ ignored, role, name }) =>
        !ignored && CONTROLS.has(role?.value) && !name?.value?.trim(),
    )
    .map(({ role, nodeId }) => `${role?.value} ${nodeId}`);
}
