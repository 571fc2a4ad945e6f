import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { describeError, firstError } from './first-error.ts';

const root = resolve('/work-of/plugin');
const first = (...lines: string[]) => firstError(lines, root);

test('the first error of gcc and clang is found behind notes and warnings', () => {
  expect(
    first(
      '[ 50%] Building CXX object CMakeFiles/plugin.dir/src/plugin.cpp.o',
      `In file included from ${root}/src/plugin.cpp:1:`,
      `${root}/src/plugin.cpp: In function 'int f()':`,
      `${root}/src/plugin.cpp:3:7: warning: unused variable 'y' [-Wunused-variable]`,
      `${root}/src/plugin.cpp:12:17: error: 'x' was not declared in this scope`,
      `${root}/src/plugin.cpp:13:1: error: expected ';'`,
    ),
  ).toEqual({ file: join(root, 'src/plugin.cpp'), line: 12, column: 17, message: "'x' was not declared in this scope" });
});

test('a missing header is an error', () => {
  expect(first('src/plugin.cpp:1:10: fatal error: nope.h: No such file or directory')).toMatchObject({
    file: join(root, 'src/plugin.cpp'),
    message: 'nope.h: No such file or directory',
  });
});

test('the first error of Visual C++ is found, with or without a column', () => {
  const file = process.platform === 'win32' ? 'D:\\plugin\\src\\plugin.cpp' : '/plugin/src/plugin.cpp';
  expect(first(`${file}(12,5): error C2065: 'x': undeclared identifier [${root}/plugin.vcxproj]`)).toEqual({
    file,
    line: 12,
    column: 5,
    message: "C2065: 'x': undeclared identifier",
  });
  expect(first(`${file}(7): fatal error C1083: Cannot open include file: 'nope.h'`)).toMatchObject({ line: 7, message: /C1083/ });
});

test('the first error of rustc is found behind warnings, and what cargo itself has to say', () => {
  expect(
    first(
      'warning: unused variable: `x`',
      ' --> src/lib.rs:3:9',
      'error[E0425]: cannot find value `y` in this scope',
      '  --> src/lib.rs:29:17',
      'error: could not compile `cap-app` (lib) due to 1 previous error; 1 warning emitted',
    ),
  ).toEqual({ file: join(root, 'src/lib.rs'), line: 29, column: 17, message: 'cannot find value `y` in this scope' });
  expect(first('error: no matching package named `image` found', 'location searched: crates.io index')).toEqual({
    message: 'no matching package named `image` found',
  });
});

test('errors of linkers are found', () => {
  for (const [line, message] of [
    ["b.cpp:(.text+0x5): undefined reference to `f()'", "undefined reference to `f()'"],
    ['ld.lld: error: undefined symbol: f()', 'undefined symbol: f()'],
    ['/usr/bin/ld: cannot find -lfoo: No such file or directory', 'cannot find -lfoo: No such file or directory'],
    ['plugin.obj : error LNK2019: unresolved external symbol f [C:\\p\\plugin.vcxproj]', 'LNK2019: unresolved external symbol f'],
    ["c++: error: unrecognized command-line option '-fnope'", "unrecognized command-line option '-fnope'"],
  ] as const)
    expect(first(line), line).toEqual({ message });
  expect(first('Undefined symbols for architecture arm64:', '  "_f", referenced from:')).toEqual({
    message: 'Undefined symbols for architecture arm64: "_f", referenced from:',
  });
});

test('errors of CMake are found with the text below them', () => {
  expect(
    first(
      'CMake Error at CMakeLists.txt:3 (find_package):',
      '  By not providing "FindNope.cmake" this project has',
      '  asked for Nope.',
      '',
      '  More.',
    ),
  ).toEqual({ file: join(root, 'CMakeLists.txt'), line: 3, message: 'By not providing "FindNope.cmake" this project has asked for Nope.' });
  expect(first('CMake Error: The source directory "/x" does not exist.')).toEqual({ message: 'The source directory "/x" does not exist.' });
});

test('lines that only speak of errors are no error', () => {
  expect(first('-- Performing Test HAS_WERROR', 'src/error.cpp:1:1: note: error handling', '0 errors generated.')).toBeUndefined();
});

test('an error is shown with its place, its source line and a caret under tabs as well', () => {
  const error = { file: join(root, 'src', 'plugin.cpp'), line: 2, column: 3, message: "expected ';'" };
  expect(describeError(error, root, 'int x;\n\ty 2\n')).toBe("src/plugin.cpp:2:3: expected ';'\n  2 | \ty 2\n    | \t ^");
  expect(describeError(error, root)).toBe("src/plugin.cpp:2:3: expected ';'");
  expect(describeError({ message: 'undefined reference' }, root)).toBe('undefined reference');
});
