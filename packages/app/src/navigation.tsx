import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
} from '@backstage/core-components';
import {
  PageBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import MenuIcon from '@material-ui/icons/Menu';
import { Navigate } from 'react-router-dom';
import { SidebarLogo } from './SidebarLogo';

/** The sidebar (Fettle first, then the catalog that it reads), and where `/` leads. */
export const navigation = createFrontendModule({
  pluginId: 'app',
  extensions: [
    PageBlueprint.make({
      name: 'start',
      params: {
        path: '/',
        loader: async () => <Navigate to="/fettle" replace />,
      },
    }),
    NavContentBlueprint.make({
      params: {
        component: ({ navItems }) => {
          const nav = navItems.withComponent(item => (
            <SidebarItem
              icon={() => item.icon}
              to={item.href}
              text={item.title}
              // Automation lies below the Fleet page, and is lit by itself.
              end={item.href === '/fettle'}
            />
          ));
          const settings = nav.take('page:user-settings');
          return (
            <Sidebar>
              <SidebarLogo />
              <SidebarDivider />
              <SidebarGroup label="Menu" icon={<MenuIcon />}>
                {nav.take('page:fettle')}
                {nav.take('page:fettle-pipelines')}
                {nav.take('page:fettle-security')}
                {nav.take('page:fettle/automation')}
                {nav.take('page:catalog')}
                {nav.rest({ sortBy: 'title' })}
              </SidebarGroup>
              <SidebarSpace />
              <SidebarDivider />
              {settings}
            </Sidebar>
          );
        },
      },
    }),
  ],
});
