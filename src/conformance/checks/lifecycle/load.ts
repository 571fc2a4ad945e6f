// The library loads, in both ways that hosts load it.
import { defineCheck } from '../../check.ts';

const check = defineCheck({
  id: 'lifecycle/load',
  title: 'The library loads with all symbols resolved, private and global, and can be closed again',
  why: 'What is not resolved at load time ends the process at the first call; hosts in the field load with RTLD_GLOBAL.',
  fix: 'Link every library you use (-Wl,-z,defs reports what is missing), ship it in deps/, and keep static constructors free of work.',
  spec: 'abi.md#loading',
  blind: 'Libraries that are opened later, by dlopen at init.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  untouched: true,
  needs: [],
  run({ load, unload }) {
    for (const global of [false, true]) {
      const failure = load({ global });
      if (failure !== undefined) return [{ message: `${global ? 'global' : 'private'} loading fails: ${failure}` }];
      unload();
    }
    return [];
  },
});
export default check;
