// `mvas trust`: whose packages this machine takes.
import { defineGroup } from '../command.ts';

const command = defineGroup([
  { name: 'add', summary: 'Trust a key or an authority for some apps', load: () => import('./trust-add.ts') },
  { name: 'remove', summary: 'Trust a key no longer', load: () => import('./trust-remove.ts') },
  { name: 'revoke', summary: 'Refuse a key, a certificate or a package from now on', load: () => import('./trust-revoke.ts') },
  { name: 'list', summary: 'List whom this machine trusts and what it refuses', load: () => import('./trust-list.ts') },
  { name: 'create', summary: 'Draft the trust file of an organisation', load: () => import('./trust-create.ts') },
  { name: 'sign', summary: 'Sign a trust file with a root key', load: () => import('./trust-sign.ts') },
  { name: 'import', summary: 'Follow the trust file of an organisation', load: () => import('./trust-import.ts') },
  { name: 'show', summary: 'Show a trust file and who signed it', load: () => import('./trust-show.ts') },
  { name: 'leave', summary: 'Follow the trust file no longer', load: () => import('./trust-leave.ts') },
]);
export default command;
