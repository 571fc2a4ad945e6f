// `mvas add`: adds something to a project that is there already.
import { defineGroup } from '../command.ts';

const command = defineGroup([
  { name: 'platform', summary: 'Build for more platforms', load: () => import('./add-platform.ts') },
  { name: 'workflow', summary: 'Build and test every change on a service', load: () => import('./add-workflow.ts') },
  { name: 'golden', summary: 'Test against golden images', load: () => import('./add-golden.ts') },
  { name: 'language', summary: 'Translate what people read', load: () => import('./add-language.ts') },
]);
export default command;
