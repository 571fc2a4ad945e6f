// `mvas ci`: what a workflow asks the kit, so that it holds no list of its own.
import { type CommandEntry, defineGroup } from '../command.ts';

const commands: readonly CommandEntry[] = [
  { name: 'plan', summary: 'Say which platforms are built on which runners', load: () => import('./ci-plan.ts') },
  { name: 'stage', summary: 'Put what a platform’s build made into one folder to upload', load: () => import('./ci-stage.ts') },
];

const command = defineGroup(commands);
export default command;
