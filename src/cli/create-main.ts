#!/usr/bin/env node
// Entry of `npm create mvas-plugin`: `mvas new` as a program of its own.
import { bareProgram } from './bare-program.ts';
import newCommand from './commands/new.ts';
import { parseCommandLine } from './parser-stop.ts';
import { start } from './start.ts';

process.exitCode = await start(async (argv, io) => {
  let code = 0;
  const program = bareProgram('create-mvas-plugin', 'Start a machine vision inspection plugin', io);
  newCommand(program, io, (exit) => {
    code = exit;
  });
  return (await parseCommandLine(program, argv)) ?? code;
});
