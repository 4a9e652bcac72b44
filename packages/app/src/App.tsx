import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { navigation } from './navigation';

export default createApp({
  features: [catalogPlugin, navigation],
});
