// Readies V8 in every process that runs a job, before anything else is loaded there: flags that Node is not started with.
const v8: typeof import('node:v8') = require('node:v8');

// As part of the command line they would make V8 refuse the compiled code that Node brings along for its own modules, which costs a third of
// its start.
v8.setFlagsFromString('--no-concurrent-osr');
v8.setFlagsFromString('--interrupt-budget=1000000');
// A copy lives for some ten milliseconds: what it would compile again and again is compiled before the first one is made.
if (process.argv[2] === 'zygote') v8.setFlagsFromString('--no-lazy');
