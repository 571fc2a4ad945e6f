// `mvas trust`: whose packages this machine takes.
import { defineGroup } from '../command.ts';

const command = defineGroup([
  { name: 'add', summary: 'Trust a key or an authority for some apps', load: () => import('./trust-add.ts') },
  { name: 'remove', summary: 'Trust a key no longer', load: () => import('./trust-remove.ts') },
  { name: 'revoke', summary: 'Refuse a key, a certificate or a package from now on', load: () => import('./trust-revoke.ts') },
  { name: 'list', summary: 'List whom this machine trusts and what it refuses', load: () => import('./trust-list.ts') },
]);
export default command;
